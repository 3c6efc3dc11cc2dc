"""The wordings that give debris away, one TOML file a language, looked up in constant time a line.

A phrase speaks for a whole line (`line`, `weak`, `section`), for the beginning of a short one (`start`, `byline`,
`source`, `dated`), is found anywhere in a line (`inside`, `hint`), stands in brackets in a caption (`bracketed`), or
begins a line that holds a second one: near by (`frame`), or after a title and with only a name to follow (`named`).
A `weak` phrase is an everyday word that may as well be a heading (`Politics`), a `hint` one that sentences of a story
hold too: they count only in bad company. A `section` phrase opens a list of links.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, product

from pipeline.clean.fold import MARKS, bare, fold
from pipeline.clean.inside import Finder, make_finder

_KEY, _START = 2, 4  # characters by which frames and beginnings are looked up
_START_LIMIT = 90
# Widths, a character of Chinese, Japanese and Korean counting as two: a line beyond them may be a whole article.
_INSIDE_LIMIT, _FRAME_LIMIT = 400, 200
_GAP, _TITLE, _OUTLET = 40, (12, 160), 50
_OUTLET_WORDS = 6
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")
_CLAUSE = re.compile(r"[,;!?。]|\.(?=\s)")
_UNSPACED = "\u0e00"  # from Thai on, scripts are mostly written without spaces between words
_ACCENTED = "\u1e00", "\u1fff"  # but for letters of Vietnamese (`ả`) and old Greek
_FIELDS = ("byline", "source", "dated")


class Strength(StrEnum):
    """What a hit allows: `sure` decides alone, `section` opens a list, `field` names metadata, `weak` only hints."""

    SURE = "sure"
    SECTION = "section"
    FIELD = "field"
    WEAK = "weak"


_INSIDE = {"inside": Strength.SURE, "hint": Strength.WEAK}
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
class Frame:
    """Two phrases of one line: what the first stands for, and the second; `is_named` if a name must end the line."""

    hit: Hit
    rest: str
    is_named: bool

    def holds(self, line: str) -> bool:
        """Tell whether the line is a note of these words: a sentence of the story may begin and go on with them too."""
        first = len(self.hit.phrase)
        at = line.find(self.rest, first) if line.startswith(self.hit.phrase) else -1
        if at < 0:
            return False
        gap, after = line[first:at], line[at + len(self.rest) :].strip(MARKS)
        if not self.is_named:
            return _width(line) <= _FRAME_LIMIT and _width(gap) <= _GAP and not _CLAUSE.search(gap)
        return _is_outlet(after) and (not self.rest or _TITLE[0] <= _width(gap) <= _TITLE[1])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages' phrases, indexed for lookup: beginnings by their first four characters, shorter ones by one."""

    lines: dict[str, Hit]
    starts: dict[str, tuple[Hit, ...]]
    insides: Finder[Hit]
    frames: dict[str, tuple[Frame, ...]]
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
    return phrase[-1].isalpha() and after.isalpha() and _is_spaced(phrase[-1]) and _is_spaced(after)


def _is_spaced(letter: str) -> bool:
    return letter < _UNSPACED or _ACCENTED[0] <= letter <= _ACCENTED[1]


def _framed(line: str, frames: tuple[Frame, ...]) -> Hit | None:
    return next((frame.hit for frame in frames if frame.holds(line)), None)


def _is_outlet(text: str) -> bool:
    """Tell a name from the rest of a sentence (`the list of offices, closed on Friday`)."""
    is_short = 0 < _width(text) <= _OUTLET and len(text.split()) <= _OUTLET_WORDS
    return is_short and not _CLAUSE.search(text)


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


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
    insides: dict[Strength, dict[str, Hit]] = {strength: {} for strength in _INSIDE.values()}
    frames: list[Frame] = []
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
            for key, strength in _INSIDE.items():
                for phrase in map(fold, entry.get(key, ())):
                    insides[strength].setdefault(phrase, Hit(label, rule, strength, phrase=phrase))
            for phrase in map(_bare_fold, entry.get("bracketed", ())):
                bracketed.setdefault(phrase, Hit(label, rule, Strength.SURE, phrase=phrase))
            for key in ("frame", "named"):
                frames += [
                    Frame(Hit(label, rule, Strength.SURE, None, fold(first)), fold(then), key == "named")
                    for openers, rests in entry.get(key, ())
                    for first, then in product(openers, rests)
                ]
    found = make_finder(chain.from_iterable(insides[strength].items() for strength in _INSIDE.values()))
    return Lexicon(lines, _index(starts), found, _by_key(frames), bracketed)


def _by_key(frames: list[Frame]) -> dict[str, tuple[Frame, ...]]:
    keys = dict.fromkeys(frame.hit.phrase[:_KEY] for frame in frames)
    return {key: tuple(frame for frame in frames if frame.hit.phrase.startswith(key)) for key in keys}


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
    """Find `inside` phrases and hints in all lines at once; of several in a line, the first counts, hints last.

    Long lines have none: they may be a whole article.
    """
    return {line: hit for line, hit in lexicon.insides.find(lines).items() if _width(lines[line]) <= _INSIDE_LIMIT}
