"""Find hundreds of phrases anywhere in a text at once (Karp and Rabin 1987): a number for every four characters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.fold import code_points

WIDTH = 4  # characters that a phrase must have
_BITS = 18  # of the number, enough that few positions are looked at in vain
_FACTOR, _SQUARE = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finder(Generic[T]):
    """Phrases with what they stand for, by their first characters, and the numbers that those have."""

    phrases: dict[str, tuple[tuple[int, str, T], ...]]
    numbers: NDArray[np.bool_]

    def find(self, lines: Sequence[str]) -> dict[int, T]:
        """Return for each line that holds a phrase what the first of them, in their order, stands for."""
        text = "\n".join(lines)
        if len(text) < WIDTH:
            return {}
        codes = code_points(text)
        places = np.flatnonzero(self.numbers[_numbers(codes)])
        found: dict[int, tuple[int, T]] = {}
        on_line = np.searchsorted(np.flatnonzero(codes == ord("\n")), places)
        for at, line in zip(places.tolist(), on_line.tolist(), strict=True):
            for order, phrase, meaning in self.phrases.get(text[at : at + WIDTH], ()):
                if text.startswith(phrase, at) and (line not in found or order < found[line][0]):
                    found[line] = order, meaning
        return {line: meaning for line, (_, meaning) in found.items()}


def make_finder(phrases: Iterable[tuple[str, T]]) -> Finder[T]:
    """Index phrases of at least `WIDTH` characters, the more important first."""
    by_start: dict[str, list[tuple[int, str, T]]] = defaultdict(list)
    for order, (phrase, meaning) in enumerate(phrases):
        by_start[phrase[:WIDTH]].append((order, phrase, meaning))
    numbers = np.zeros(1 << _BITS, dtype=np.bool_)
    if by_start:
        numbers[_numbers(code_points("".join(by_start)))[::WIDTH]] = True
    return Finder({start: tuple(entries) for start, entries in by_start.items()}, numbers)


def _numbers(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a number for the `WIDTH` characters that start at each place."""
    pairs = codes[:-1] * _FACTOR + codes[1:]
    fours = pairs[:-2] * _SQUARE + pairs[2:]
    fours *= _FACTOR
    fours >>= np.uint32(32 - _BITS)
    return fours
