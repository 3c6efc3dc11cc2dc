"""How much of its wording a line has in common with the story: what reads like a sentence may be about something else.

Wording is compared in pieces: five letters in a row within a word, two characters where a character is nearly a word.
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
_FACTOR = np.uint32(0x9E3779B1)
_ROOM = 2  # places a page has in the table for each of its characters


def cohesion(folded: Sequence[str], core: NDArray[np.bool_], layout: Layout) -> tuple[Column, Column]:
    """Return for each line how many of its pieces stand in another line of its page's core, and what share that is."""
    codes = code_points("\n".join(folded) + "\n")
    sort = sorts(codes)
    places = [_pieces(codes, flags.take(sort), width) for flags, width in ((_IS_LETTER, _LETTERS), (_IS_CHARACTER, _CHARACTERS))]
    at = np.concatenate([found for found, _ in places])
    ends = np.flatnonzero(sort == Sort.LINE)
    line_of = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=-1))
    line = line_of[at]
    lengths = np.add.reduceat(np.diff(ends, prepend=-1), layout.starts)
    bits = np.ceil(np.log2(_ROOM * lengths)).astype(np.uint32)
    offset = np.concatenate(([0], np.cumsum(1 << bits.astype(np.int64))))
    page = layout.page[line]
    key = (np.concatenate([number for _, number in places]) >> (np.uint32(32) - bits[page])).astype(np.int64) + offset[page]
    told = core[line]
    first, last = np.full(offset[-1], -1, dtype=np.int32), np.full(offset[-1], -1, dtype=np.int32)
    order = np.flatnonzero(told)
    order = order[np.argsort(line[order], kind="stable")]
    last[key[order]] = line[order]
    first[key[order[::-1]]] = line[order[::-1]]
    shared = (last[key] >= 0) & ((last[key] != line) | (first[key] != line))
    n = len(ends)
    count = np.bincount(line[shared], minlength=n).astype(float)
    return count, count / np.maximum(np.bincount(line, minlength=n), 1)


def _pieces(codes: NDArray[np.uint32], flags: NDArray[np.bool_], width: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return where a piece of so many characters starts, and a number for each."""
    whole = flags[: len(flags) - width + 1].copy()
    for step in range(1, width):
        whole &= flags[step : len(flags) - width + 1 + step]
    at = np.flatnonzero(whole)
    number = np.zeros(len(at), dtype=np.uint32)
    for step in range(width):
        number = (number + codes[at + step]) * _FACTOR
        number ^= number >> np.uint32(15)
    return at, number * _FACTOR
