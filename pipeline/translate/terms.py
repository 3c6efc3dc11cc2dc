"""Terms whose English is decided beforehand: a glossary by language, and names that stay as they are."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.identify.languages import canonical_tag

COLUMNS = 3
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Thai, Lao, Burmese, Khmer, kana, Han and Hangul: no space need stand between a word and the next."""
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of one language (`*`: of every language) and its English; a name to keep is its own English."""

    lang: str
    source: str
    english: str

    @property
    def kept(self) -> bool:
        """Whether the term stays as it is."""
        return self.source == self.english

    def pattern(self) -> re.Pattern[str]:
        """Return what finds the term in a source: whole words, where the script tells them apart."""
        text = re.escape(self.source)
        if not _UNSPACED.search(self.source):
            text = rf"(?<![^\W_{UNSPACED}])(?<![A-Za-z0-9][-.]){text}(?![-.]?[^\W_{UNSPACED}])"
        return re.compile(text, 0 if self.kept else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A term where it stands in a source."""

    start: int
    end: int
    term: Term


class Terms:
    """All terms that hold: the longest first, of equally long ones those of the narrowest language."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        """Prepare the patterns; of two terms with one source the earlier wins."""
        unique = {(term.lang, term.source): term for term in reversed(terms)}
        longest_first = sorted(
            unique.values(),
            key=lambda term: (-len(term.source), term.lang == "*", "-" not in term.lang, term.lang, term.source),
        )
        self._patterns = tuple((term, term.pattern()) for term in longest_first)
        self.digest = hashlib.sha256(repr(longest_first).encode()).hexdigest()

    def find(self, source: str, lang: str) -> tuple[Found, ...]:
        """Return the terms in a source, from left to right; where two overlap, the longer."""
        found: list[Found] = []
        for term, pattern in self._patterns:
            if term.lang in {"*", lang, lang.partition("-")[0]} and _maybe(term, source):
                spans = (Found(match.start(), match.end(), term) for match in pattern.finditer(source))
                found += [s for s in spans if all(s.end <= f.start or s.start >= f.end for f in found)]
        return tuple(sorted(found, key=lambda span: span.start))


def load_terms(glossary: Path | None, keep: tuple[str, ...]) -> Terms:
    """Return the glossary's terms (a TSV of language, term, English), then the names to keep.

    Raises ConfigError when the glossary cannot be read or a line has not three columns.
    """
    names = (Term("*", name, name) for name in (*keep, *_names()))
    return Terms((*(read_glossary(glossary) if glossary else ()), *names))


def read_glossary(path: Path) -> tuple[Term, ...]:
    """Read a glossary; empty lines and lines that begin with `#` are skipped."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the glossary {path}: {error}; see docs/translation.md") from error
    rows = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    for n, row in rows:
        if len(row) != COLUMNS or not all(cell.strip() for cell in row):
            raise ConfigError(f"{path}, line {n}: expected language, term and English, separated by tabs")
    return tuple(
        Term(_tag(lang), source, english) for _, row in rows for lang, source, english in [map(str.strip, row)]
    )


def _tag(lang: str) -> str:
    """Return our tag for the language of a line (`zh-TW` is `zh-Hant`); `*` and `zh` stand for several."""
    return canonical_tag(lang) or lang.lower()


@cache
def _names() -> tuple[str, ...]:
    text = files("pipeline.translate").joinpath("data/keep.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _maybe(term: Term, source: str) -> bool:
    return term.source in source or (not term.kept and term.source.lower() in source.lower())
