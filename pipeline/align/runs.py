"""The runs of a side: up to four units in a row, as one vector each, made when they are asked for.

Beside the vectors of the units, which it is given, a side of any length keeps some numbers a unit, and the vectors of
runs that were encoded as texts.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from pipeline.align.lattice import Cells, Values
from pipeline.align.tokens import CLOSED, SPOKEN
from pipeline.encode import Matrix
from pipeline.encode.space import unit

LARGEST = 4
LONG = 50  # units whose mean is the text's topic rather than their own content
NEIGHBOURS = 6
SAMPLE = 512  # rows of the other side that stand for its neighbourhood in a long text
BLOCK = 1024  # runs made at a time
RECENT = 8  # blocks kept: those that the shapes of beads ask for in turn


Asked = TypeVar("Asked", bound=Hashable)


class Runs:
    """Every run of up to `longest` units, told by its last one: vectors, lengths, marks, and the usual similarity."""

    def __init__(self, rows: Matrix, lengths: Values, texts: Sequence[str] = (), longest: int = LARGEST) -> None:
        """Take the units' vectors; without their texts they are parts of a text that is recentred already."""
        self.longest = min(longest, len(rows))
        self.closed = np.array([bool(CLOSED.search(text)) for text in texts] or [False] * len(rows))
        self.spoken = _within([bool(SPOKEN.search(text)) for text in texts] or [False] * len(rows), self.longest)
        total = np.concatenate([[0.0], np.cumsum(lengths)])
        self.lengths = [_ending(total[k:] - total[:-k], len(rows)) for k in range(1, self.longest + 1)]
        self.usual: list[Values] = []
        self._rows = rows
        self._mean = rows.mean(axis=0, keepdims=True) if texts and len(rows) >= LONG else None
        self._weights = np.sqrt(lengths)[:, None]
        self._encoded: dict[int, tuple[Cells, Matrix]] = {}
        self._recent: dict[tuple[int, int, int], Matrix] = {}

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self._rows)

    def recentred(self, rows: Matrix) -> Matrix:
        """Take out a long text's own mean: its topic, which all of it shares."""
        return rows if self._mean is None else unit(rows - self._mean)

    def vectors(self, k: int, start: int, stop: int) -> Matrix:
        """Return the vectors of the runs of k units whose last one is in [start, stop); 0 where none ends.

        A run's vector is that of its text where there is one, else the sum of its units', weighted by the roots of
        their lengths.
        """
        return recall(self._recent, (k, start, stop), RECENT, lambda: self._made(k, start, stop))

    def encode(self, k: int, last: Sequence[int], rows: Matrix) -> None:
        """Take the vectors of texts for those of the runs of k that end at `last` (ascending)."""
        self._encoded[k] = np.array(last, dtype=np.intp), rows
        self._recent.clear()

    def against(self, other: "Runs") -> None:
        """Measure the usual similarity: the mean over the nearest NEIGHBOURS single units of the other side."""
        sample = other.sample()
        k = min(NEIGHBOURS, len(sample))
        self.usual = [
            np.concatenate([_nearest(self._made(size, *block) @ sample.T, k) for block in blocks(len(self))])
            for size in range(1, self.longest + 1)
        ]

    def sample(self) -> Matrix:
        """Return the vectors of units at equal distances, all of a short text."""
        return self.recentred(self._rows[:: max(1, len(self) // SAMPLE)])

    def thinned(self, scale: int) -> "Runs":
        """Return a side whose units are `scale` of these, by adding vectors."""
        starts = np.arange(0, len(self), scale)
        step = BLOCK // scale * scale
        sums = [
            np.add.reduceat(self._made(1, start, stop), np.arange(0, stop - start, scale), axis=0)
            for start, stop in blocks(len(self), step)
        ]
        return Runs(unit(np.concatenate(sums)), np.add.reduceat(self.lengths[0], starts), longest=2)

    def _made(self, k: int, start: int, stop: int) -> Matrix:
        first = max(0, start - k + 1)
        units = self.recentred(self._rows[first:stop])
        if k == 1:
            return units
        weighted = units * self._weights[first:stop]
        total = weighted[k - 1 :].copy()
        for back in range(1, k):
            total += weighted[k - 1 - back : len(weighted) - back]
        made = np.zeros((stop - start, units.shape[1]), dtype=np.float32)
        made[stop - start - len(total) :] = unit(total)
        if k in self._encoded:
            last, rows = self._encoded[k]
            low, high = np.searchsorted(last, (start, stop))
            made[last[low:high] - start] = rows[low:high]
        return made


def recall(recent: dict[Asked, Matrix], asked: Asked, most: int, make: Callable[[], Matrix]) -> Matrix:
    """Return a matrix that was asked for before, or make it; the one that was made first makes room for it."""
    if asked not in recent:
        if len(recent) >= most:
            del recent[next(iter(recent))]
        recent[asked] = make()
    return recent[asked]


def blocks(n: int, size: int = BLOCK) -> Iterator[tuple[int, int]]:
    """Yield the ranges that cut n runs into blocks."""
    for start in range(0, n, size):
        yield start, min(start + size, n)


def _nearest(alike: Matrix, k: int) -> Values:
    """Return the mean of the k largest values of each row."""
    return np.asarray(np.sort(np.partition(alike, -k, axis=1)[:, -k:], axis=1).mean(axis=1), dtype=np.float64)


def _within(marked: list[bool], longest: int) -> list[npt.NDArray[np.bool_]]:
    """Tell of each run of up to `longest` units, at its last one, whether a marked unit is in it."""
    found = [np.array(marked)]
    for k in range(1, longest):
        found.append(found[-1] | np.concatenate([np.zeros(k, dtype=bool), found[0][:-k]]))
    return found


def _ending(values: Values, n: int) -> Values:
    """Place the value of each run of k units at its last unit; runs that would start before the text get 1."""
    return np.concatenate([np.ones(n - len(values)), values]) if len(values) < n else values
