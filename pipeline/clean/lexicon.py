"""The wordings that give debris away, one TOML file a language, looked up in constant time a line.

A phrase speaks for a whole line (`line`, `weak`, `section`), for the beginning of a short one (`start`, `byline`,
`source`, `dated`), is found anywhere in a line (`inside`), stands in brackets in a caption (`bracketed`), or begins a
line that holds a second one (`frame`). A `weak` phrase is an everyday word that may as well be a heading (`Politics`):
it counts only in bad company. A `section` phrase opens a list of links.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline.clean.fold import bare, fold
from pipeline.clean.inside import Finder, make_finder

_KEY, _START = 2, 4  # characters by which frames and beginnings are looked up
_START_LIMIT = 90
_INSIDE_LIMIT = 700
_UNSPACED = "\u0e00"  # from Thai on, scripts are mostly written without spaces between words
_FIELDS = ("byline", "source", "dated")


class Strength(StrEnum):
    """What a hit allows: `sure` decides alone, `section` opens a list, `field` names metadata, `weak` only hints."""

    SURE = "sure"
    SECTION = "section"
    FIELD = "field"
    WEAK = "weak"


_WHOLE = {"line": Strength.SURE, "weak": Strength.WEAK, "section": Strength.SECTION}


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase found: its label, the rule's stable name, what it allows, the metadata it names, and its words."""

    label: str
    rule: str
    strength: Strength
    field: str | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages' phrases, indexed for lookup: beginnings by their first four characters, shorter ones by one."""

    lines: dict[str, Hit]
    starts: dict[str, tuple[Hit, ...]]
    insides: Finder[Hit]
    frames: dict[str, tuple[tuple[Hit, str], ...]]
    bracketed: dict[str, Hit]

    def whole(self, line: str) -> Hit | None:
        """Find the phrase that is the whole bare line."""
        return self.lines.get(line)

    def opening(self, line: str) -> Hit | None:
        """Find the longest phrase with which a short line begins."""
        key = line[:_KEY]
        if key in self.frames and (hit := _framed(line, self.frames[key])):
            return hit
        if len(line) > _START_LIMIT:
            return None
        for key in (line[:_START], line[:1]):
            for hit in self.starts.get(key, ()):
                if line.startswith(hit.phrase) and not _is_cut(line, hit.phrase):
                    return hit
        return None


def _is_cut(line: str, phrase: str) -> bool:
    """Tell whether a phrase ends within a word of the line, in a script with spaces."""
    after = line[len(phrase) : len(phrase) + 1]
    return phrase[-1].isalpha() and after.isalpha() and phrase[-1] < _UNSPACED and after < _UNSPACED


def _framed(line: str, frames: tuple[tuple[Hit, str], ...]) -> Hit | None:
    return next((hit for hit, rest in frames if line.startswith(hit.phrase) and rest in line), None)


@cache
def load() -> Lexicon:
    """Read every lexicon of the package once."""
    return read(sorted(path.name for path in _folder().iterdir()))


def _folder() -> Traversable:
    return files("pipeline.clean").joinpath("lexicons")


def read(names: Iterable[str]) -> Lexicon:
    """Read the named files of the package's lexicons; where two know a phrase, the first has its way."""
    lines: dict[str, Hit] = {}
    starts: list[Hit] = []
    insides: dict[str, Hit] = {}
    frames: list[tuple[Hit, str]] = []
    bracketed: dict[str, Hit] = {}
    for name in names:
        lang = name.removesuffix(".toml")
        for label, entry in tomllib.loads(_folder().joinpath(name).read_text(encoding="utf-8")).items():
            rule = f"lexicon.{label}.{lang}"
            for key, strength in _WHOLE.items():
                for phrase in filter(None, map(_bare_fold, entry.get(key, ()))):
                    lines.setdefault(phrase, Hit(label, rule, strength, phrase=phrase))
            starts += [Hit(label, rule, Strength.SURE, None, phrase) for phrase in map(fold, entry.get("start", ()))]
            for field in _FIELDS:
                starts += [
                    Hit(label, rule, Strength.FIELD, field, phrase) for phrase in map(fold, entry.get(field, ()))
                ]
            for phrase in map(fold, entry.get("inside", ())):
                insides.setdefault(phrase, Hit(label, rule, Strength.SURE, phrase=phrase))
            for phrase in map(_bare_fold, entry.get("bracketed", ())):
                bracketed.setdefault(phrase, Hit(label, rule, Strength.SURE, phrase=phrase))
            frames += [(Hit(label, rule, Strength.SURE, None, first), then) for first, then in entry.get("frame", ())]
    return Lexicon(lines, _index(starts), make_finder(insides.items()), _by_key(frames), bracketed)


def _by_key(frames: list[tuple[Hit, str]]) -> dict[str, tuple[tuple[Hit, str], ...]]:
    keys = dict.fromkeys(hit.phrase[:_KEY] for hit, _ in frames)
    return {key: tuple(frame for frame in frames if frame[0].phrase.startswith(key)) for key in keys}


def _bare_fold(phrase: str) -> str:
    return bare(fold(phrase))


def _index(starts: list[Hit]) -> dict[str, tuple[Hit, ...]]:
    buckets: dict[str, dict[str, Hit]] = {}
    for hit in starts:
        key = hit.phrase[: _START if len(hit.phrase) >= _START else 1]
        buckets.setdefault(key, {}).setdefault(hit.phrase, hit)
    return {
        key: tuple(sorted(hits.values(), key=lambda h: (-len(h.phrase), h.phrase))) for key, hits in buckets.items()
    }


def find_inside(lines: Sequence[str], lexicon: Lexicon) -> dict[int, Hit]:
    """Find the `inside` phrases in all lines at once; of several in a line, the first of the lexicons counts."""
    return {line: hit for line, hit in lexicon.insides.find(lines).items() if len(lines[line]) <= _INSIDE_LIMIT}
