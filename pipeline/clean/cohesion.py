"""How much of its wording a line has in common with the story: what reads like a sentence may be about something else.

Wording is compared in pieces: five letters in a row within a word, two characters where a character is nearly a word. A
piece is a number, and has a place in a table of its page, so that the cost is linear in the text.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.alphabet import Sort, sorts
from pipeline.clean.fold import code_points
from pipeline.clean.neighbours import Column, Layout

_LETTERS, _CHARACTERS = 5, 2
_IS_LETTER = np.isin(np.arange(len(Sort)), (Sort.LOWER, Sort.UPPER, Sort.SCRIPT, Sort.SYLLABLE))
_IS_CHARACTER = np.isin(np.arange(len(Sort)), (Sort.DENSE, Sort.HANGUL))
_FACTOR, _MIX = np.uint32(0x9E3779B1), np.uint32(15)
_ROOM = 2  # places that a page has in the table for each of its characters, at least

Numbers = NDArray[np.uint32]
Places = NDArray[np.int64]


def cohesion(folded: Sequence[str], core: NDArray[np.bool_], layout: Layout) -> tuple[Column, Column]:
    """Return for each line how many of its pieces stand in another line of its page's core, and what share that is."""
    codes = code_points("\n".join(folded) + "\n")
    sort = sorts(codes)
    lengths = np.diff(np.flatnonzero(sort == Sort.LINE), prepend=-1)
    letters, characters = (
        _pieces(codes, kind.take(sort), width) for kind, width in ((_IS_LETTER, _LETTERS), (_IS_CHARACTER, _CHARACTERS))
    )
    line = np.repeat(np.arange(len(lengths)), lengths)[np.concatenate([letters[0], characters[0]])]
    place, room = _places(np.concatenate([letters[1], characters[1]]), layout.page[line], lengths, layout)
    first, last = _seen(place, line, core, room)
    elsewhere = (last[place] >= 0) & ((first[place] != line) | (last[place] != line))
    count = np.bincount(line[elsewhere], minlength=len(lengths)).astype(float)
    return count, count / np.maximum(np.bincount(line, minlength=len(lengths)), 1)


def _pieces(codes: Numbers, kind: NDArray[np.bool_], width: int) -> tuple[Places, Numbers]:
    """Return where a piece of so many characters of a kind starts, and a number for each."""
    starts = max(0, len(codes) - width + 1)
    whole, number = np.ones(starts, dtype=np.bool_), np.zeros(starts, dtype=np.uint32)
    for step in range(width):
        whole &= kind[step : starts + step]
        number += codes[step : starts + step]
        number *= _FACTOR
        number ^= number >> _MIX
    at = np.flatnonzero(whole)
    return at, number[at] * _FACTOR


def _places(number: Numbers, page: Places, lengths: Places, layout: Layout) -> tuple[Places, int]:
    """Return each piece's place in its page's part of the table, a power of two, and the size of the table."""
    bits = np.ceil(np.log2(_ROOM * np.add.reduceat(lengths, layout.starts))).astype(np.uint32)
    ends = np.cumsum(1 << bits.astype(np.int64))
    starts = np.concatenate(([0], ends[:-1]))
    return (number >> (np.uint32(32) - bits[page])) + starts[page], int(ends[-1])


def _seen(place: Places, line: Places, core: NDArray[np.bool_], room: int) -> tuple[Places, Places]:
    """Return the first and the last line of the core that has a piece at each place; -1 where none has."""
    told = core[line]
    place, line = place[told], line[told]
    first, last = np.full((2, room), -1)
    first[place[::-1]] = line[::-1]  # of several lines at one place the last in order stays
    last[place] = line
    return first, last
