"""Find thousands of phrases anywhere in a text at once (Karp and Rabin 1987): a number for every eight characters.

Shorter phrases are told by their first four.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.fold import code_points

WIDTH = 4  # characters that a phrase must have
_WIDE = 2 * WIDTH
_BITS = 18  # of the number, enough that few positions are looked at in vain
_FACTOR, _SQUARE = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_LOST = np.uint32(32 - _BITS)

T = TypeVar("T")
Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Index(Generic[T]):
    """Phrases with what they stand for, by their first `width` characters, and the numbers that those have."""

    width: int
    phrases: dict[str, tuple[tuple[int, str, T], ...]]
    numbers: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Finder(Generic[T]):
    """Long and short phrases."""

    wide: _Index[T]
    short: _Index[T]

    def find(self, lines: Sequence[str]) -> dict[int, T]:
        """Return for each line that holds a phrase what the first of them, in their order, stands for."""
        text = "\n".join(lines)
        codes = code_points(text)
        found: dict[int, tuple[int, T]] = {}
        breaks = np.flatnonzero(codes == ord("\n"))
        for index, numbers in zip((self.short, self.wide), _numbers(codes), strict=True):
            places = np.flatnonzero(index.numbers[numbers])
            for at, line in zip(places.tolist(), np.searchsorted(breaks, places).tolist(), strict=True):
                for order, phrase, meaning in index.phrases.get(text[at : at + index.width], ()):
                    if text.startswith(phrase, at) and (line not in found or order < found[line][0]):
                        found[line] = order, meaning
        return {line: meaning for line, (_, meaning) in found.items()}


def make_finder(phrases: Iterable[tuple[str, T]]) -> Finder[T]:
    """Index phrases of at least `WIDTH` characters, the more important first."""
    known = [(order, phrase, meaning) for order, (phrase, meaning) in enumerate(phrases)]
    return Finder(
        _index(_WIDE, [entry for entry in known if len(entry[1]) >= _WIDE]),
        _index(WIDTH, [entry for entry in known if len(entry[1]) < _WIDE]),
    )


def _index(width: int, known: list[tuple[int, str, T]]) -> _Index[T]:
    by_start: dict[str, list[tuple[int, str, T]]] = defaultdict(list)
    for entry in known:
        by_start[entry[1][:width]].append(entry)
    numbers = np.zeros(1 << _BITS, dtype=np.bool_)
    short, wide = _numbers(code_points("".join(by_start)))
    numbers[(wide if width == _WIDE else short)[::width]] = True
    return _Index(width, {start: tuple(entries) for start, entries in by_start.items()}, numbers)


def _numbers(codes: Numbers) -> tuple[Numbers, Numbers]:
    """Return a number for the four characters that start at each place, and one for the eight."""
    pairs = codes[:-1] * _FACTOR + codes[1:]
    fours = (pairs[:-2] * _SQUARE + pairs[2:]) * _FACTOR
    eights = (fours[:-WIDTH] * _SQUARE + fours[WIDTH:]) * _FACTOR
    return fours >> _LOST, eights >> _LOST
