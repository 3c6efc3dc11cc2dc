"""Rejoin Japanese sentences that were cut where a word had its reading set above it (HTML's `ruby`).

A naive dump leaves three lines or four: the sentence so far, the word, the reading in brackets, what follows.
"""

import re
from collections.abc import Iterator

from pipeline.normalise.lines import Unit
from pipeline.normalise.wrap import merge_runs, neighbours

_READING = re.compile(r"^[ \u3000]*[（(][\u3041-\u3096\u30a1-\u30fa\u30fc・ \u3000]{1,20}[）)]", re.MULTILINE)
_WORD = re.compile(r"[\u3400-\u9fff々ヶ]{1,12}")
_OPEN = re.compile(r"[\u3041-\u3096、」』】）]$")  # how a sentence stands open: after a particle, a comma, a bracket


def rejoin_ruby(units: list[Unit], text: str) -> Iterator[Unit]:
    """Return the units of a page, sentences that readings cut merged; spans hold the line ends between them."""
    return merge_runs(units, text, lambda at: _goes_on(units, at)) if _READING.search(text) else iter(units)


def _goes_on(units: list[Unit], at: int) -> bool:
    """Tell whether a unit belongs to the one above it: as a cut word, as its reading, or as what follows a bare one."""
    above, unit = units[at - 1], units[at]
    if not neighbours(above, unit):
        return False
    if _READING.match(unit.raw):
        return bool(_WORD.fullmatch(above.raw))
    if _WORD.fullmatch(unit.raw):
        below = units[at + 1] if at + 1 < len(units) else None
        return bool(below and neighbours(unit, below) and _READING.match(below.raw) and _OPEN.search(above.raw))
    reading = _READING.match(above.raw)
    return bool(reading and reading.end() == len(above.raw) and at > 1 and _WORD.fullmatch(units[at - 2].raw))
