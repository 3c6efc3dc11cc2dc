"""Tell Malay from Indonesian by the words in `malay_indonesian.tsv`: detectors trained on n-grams confuse the two."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_STRONG = 2.5
_WEAK = 0.8
"""Natural-log odds that one word adds; a coarse grid on the open evaluation set, see benchmarks/identify.md."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Log odds for Malay (positive) against Indonesian (negative), by word."""

    odds: dict[str, float]


@cache
def _lexicon() -> _Lexicon:
    lines = files(__package__).joinpath("malay_indonesian.tsv").read_text(encoding="utf-8").splitlines()
    odds: dict[str, float] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        malay, indonesian = line.split("\t")
        odds |= {word.lstrip("~"): _weight(word) for word in malay.split()}
        odds |= {word.lstrip("~"): -_weight(word) for word in indonesian.split()}
    return _Lexicon(odds)


def _weight(entry: str) -> float:
    return _WEAK if entry.startswith("~") else _STRONG


def malay_odds(text: str) -> float:
    """Return the natural-log odds that the words of a text give Malay against Indonesian; 0 when none tells."""
    odds = _lexicon().odds
    return sum(odds.get(word, 0.0) for word in _WORD.findall(text.lower()))
