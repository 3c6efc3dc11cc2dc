"""Tell Malay from Indonesian by the words in `malay_indonesian.tsv`: detectors trained on n-grams confuse the two."""

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise

_STRONG = 3.0
_WEAK = 1.0
"""Natural-log odds that one word adds; a coarse grid on the open evaluation set, see benchmarks/identify.md."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")

_MALAY_ENDING = re.compile(r"[a-z]{3,}(?:[aeiou]liti|[rnsdkv]iti|syen)")
_INDONESIAN_ENDING = re.compile(r"[a-z]{3,}itas")
"""Loans from English take -iti in Malay, those from Dutch -itas in Indonesian."""


@cache
def _lexicon() -> dict[str, float]:
    """Return log odds for Malay (positive) against Indonesian (negative), by word or by two words joined with `_`."""
    odds: dict[str, float] = {}
    for line in files(__package__).joinpath("malay_indonesian.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            malay, indonesian = line.split("\t")
            odds |= {word.lstrip("~"): _weight(word) for word in malay.split()}
            odds |= {word.lstrip("~"): -_weight(word) for word in indonesian.split()}
    return odds


def _weight(entry: str) -> float:
    return _WEAK if entry.startswith("~") else _STRONG


def malay_odds(text: str) -> float:
    """Return the natural-log odds that the words of a text give Malay against Indonesian; 0 when none tells."""
    words = _WORD.findall(text.lower())
    odds = _lexicon()
    pairs = (odds.get(f"{first}_{second}", 0.0) for first, second in pairwise(words))
    return sum(pairs) + sum(odds[word] if word in odds else _ending_odds(word) for word in words)


def _ending_odds(word: str) -> float:
    stem = word.removesuffix("nya")
    if stem in _lexicon():
        return _lexicon()[stem]
    if _MALAY_ENDING.fullmatch(stem):
        return _STRONG
    return -_STRONG if _INDONESIAN_ENDING.fullmatch(stem) else 0.0
