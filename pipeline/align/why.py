"""Evidence for a bead in words that a person can check against the two texts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.align.amounts import read_amounts, written
from pipeline.align.dates import Date, agreement, read_dates, same
from pipeline.align.tokens import by_capitals, names
from pipeline.encode.lexical import STEM, function_words
from pipeline.records import Evidence

MOST = 5  # items named of a kind
NEAR, FAR = 0.9, 0.5  # of `position`
SHORT = 0.4  # of `length`

_WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a bead: its own words, their language, and their English where there is any."""

    text: str
    lang: str
    english: str

    @property
    def pivot(self) -> str:
        """The English of the side; a text that is English is its own."""
        return self.english or (self.text if self.lang.startswith("en") else "")


class _Facts(NamedTuple):
    """What a text names that another can be checked against."""

    dates: frozenset[Date]
    amounts: frozenset[Decimal]

    @classmethod
    def read(cls, told: Told) -> "_Facts":
        dates, rest = read_dates(told.text, told.lang)
        return cls(dates, read_amounts(rest))


def reasons(a: Told, b: Told, evidence: Evidence) -> tuple[str, ...]:
    """Return what speaks for a bead, then what speaks against it."""
    facts = _Facts.read(a), _Facts.read(b)
    return tuple(filter(None, (*_for(a, b, evidence, *facts), *_against(a, b, evidence), *_differ(*facts))))


def reasons_of_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the reasons for a row of the table `alignments`."""
    a, b = (Told(row[f"text_{side}"], row[f"lang_{side}"], row[f"english_{side}"]) for side in "ab")
    return reasons(a, b, Evidence(**{field.name: row["evidence"][field.name] for field in fields(Evidence)}))


def _for(a: Told, b: Told, evidence: Evidence, first: _Facts, second: _Facts) -> Iterator[str]:
    named = _names(a, b)
    yield "nearest to each other in meaning" if evidence.nearest else ""
    yield _list("both name", named)
    yield _list("same numbers:", _written(first.amounts & second.amounts))
    yield _list("same dates:", _dates(one for one in first.dates if any(same(one, other) for other in second.dates)))
    yield _list("English shares:", _words(a.pivot, b.pivot, named))
    yield "same place in the text" if evidence.position is not None and evidence.position >= NEAR else ""


def _against(a: Told, b: Told, evidence: Evidence) -> Iterator[str]:
    if evidence.nearest == 0:
        yield "another passage is nearer in meaning"
    if a.pivot and b.pivot and not _words(a.pivot, b.pivot, []):
        yield "no word of their English in common"
    if evidence.length is not None and 0 < evidence.length < SHORT:
        yield f"one side is {1 / evidence.length:.1f} times as long"
    if evidence.position is not None and evidence.position < FAR:
        yield "far apart in their texts"


def _differ(a: _Facts, b: _Facts) -> Iterator[str]:
    """Name what contradicts: numbers that only one side has while the other has others, dates of which none agree."""
    if a.amounts - b.amounts and b.amounts - a.amounts:
        numbers = (_list("", _written(one - other)) for one, other in ((a.amounts, b.amounts), (b.amounts, a.amounts)))
        yield "numbers differ:" + " against".join(numbers)
    if agreement(a.dates, b.dates) == 0:
        yield "dates differ:" + " against".join(_list("", _dates(dates)) for dates in (a.dates, b.dates))


def _names(a: Told, b: Told) -> list[str]:
    """Return the names that both texts spell alike, as the first writes them."""
    latin = by_capitals(a.lang, b.lang)
    shared = names(a.text, latin_script=latin) & names(b.text, latin_script=latin)
    return _distinct(word for word in _WORD.findall(a.text) if word.casefold() in shared - function_words())


def _words(a: str, b: str, known: list[str]) -> list[str]:
    """Return the longest words that two English texts share, by their beginnings, in the order of the first."""
    theirs = {_stem(word) for word in _WORD.findall(b)}
    skipped = function_words() | {name.casefold() for name in known}
    shared = _distinct(
        word.casefold()
        for word in _WORD.findall(a)
        if len(word) > 1 and _stem(word) in theirs and word.casefold() not in skipped
    )
    longest = sorted(shared, key=len, reverse=True)[:MOST]
    return [word for word in shared if word in longest]


def _stem(word: str) -> str:
    return word.casefold()[:STEM]


def _distinct(words: Iterable[str]) -> list[str]:
    """Return words in their order, those of one beginning once."""
    return list({_stem(word): word for word in reversed(list(words))}.values())[::-1]


def _written(amounts: Iterable[Decimal]) -> list[str]:
    return [written(amount) for amount in sorted(amounts)]


def _dates(dates: Iterable[Date]) -> list[str]:
    return sorted(map(str, dates))


def _list(what: str, items: list[str]) -> str:
    return f"{what} {', '.join(items[:MOST])}" if items else ""
