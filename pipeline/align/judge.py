"""What a bead of two sequences is worth: how alike its sides are, less the prices of what speaks against it.

Similarity of the merged sides beyond that of each side's neighbours, less a price for unequal length and for size, is
as in vecalign and bertalign (Thompson & Koehn 2019; Liu & Zhu 2023). Ours are prices for quotation marks of one side
alone, as who translates speech keeps it speech, and for a unit less like the other side than its bead as a whole: a
bead that has taken in a neighbour's sentence is alike as long as most of it is.
"""

from typing import NamedTuple

import numpy as np

from pipeline.align.lattice import Cells, Shape, Values
from pipeline.align.runs import LARGEST, Runs, recall
from pipeline.encode import Matrix

_RECENT = 16  # matrices kept: those that the shapes of beads ask for in turn


class Prices(NamedTuple):
    """What a bead costs; all are in units of cosine.

    `length` is for each factor e of unequal length, `skip` for a unit left out, `closes` for a side alone that ends in
    a closing quotation mark, `quotes` for one that has any, `size` for a third unit in the bead (`of` says how it
    grows), and `parts` for what the cosine of a side's least alike unit lacks of that of the bead.
    """

    length: float = 0.1
    skip: float = 0.22
    closes: float = 0.1
    quotes: float = 0.03
    size: float = 0.03
    parts: float = 0.25

    def of(self, k: int, h: int) -> float:
        """Return the price of a bead's shape, k units against h."""
        if min(k, h) > 1:
            return self.size * (3.0 if k + h > LARGEST else 2.0)
        return self.size * (0.0, 1.0, 1.6, 2.0)[k + h - 2]


PRICES = Prices()


class _Window(NamedTuple):
    """Rows and columns of units: the first, and the first beyond."""

    top: int
    bottom: int
    left: int
    right: int


class Judge:
    """Scores beads by the place of their last units."""

    def __init__(self, a: Runs, b: Runs, prices: Prices) -> None:
        """Measure each side's neighbourhood on the other."""
        a.against(b)
        b.against(a)
        self.a, self.b, self.prices = a, b, prices
        self._ratio = float(a.lengths[0].sum() / b.lengths[0].sum())
        self._recent: dict[tuple[int, int, _Window], Matrix] = {}

    def gain(self, shape: Shape, rows: Cells, columns: Cells) -> Values:
        """Return what beads of one shape add to a path: their score for each unit they cover on a side."""
        return self._score(shape, *_last_units(rows, columns)) * sum(shape) / 2

    def cosines(self, shape: Shape, rows: Cells, columns: Cells) -> Values:
        """Return how alike the sides of beads of one shape are."""
        i, j = _last_units(rows, columns)
        window = _window(i, j)
        return self._cosines(*shape, window)[i - window.top, j - window.left].astype(np.float64)

    def _score(self, shape: Shape, i: Cells, j: Cells) -> Values:
        """Score beads that end with units i of one side and units j of the other."""
        k, h = shape
        a, b, prices = self.a, self.b, self.prices
        window = _window(i, j)
        alike = self._alike(k, h, window)[i - window.top, j - window.left].astype(np.float64)
        usual = (a.usual[k - 1][i] + b.usual[h - 1][j]) / 2
        unequal = np.minimum(2.0, np.abs(np.log(a.lengths[k - 1][i] / (b.lengths[h - 1][j] * self._ratio))))
        against = prices.length * unequal + prices.of(k, h)
        against += prices.closes * (a.closed[i] != b.closed[j])
        against += prices.quotes * (a.spoken[k - 1][i] != b.spoken[h - 1][j])
        return alike - usual - against

    def _alike(self, k: int, h: int, window: _Window) -> Matrix:
        """Return the cosines of a window's beads, less what is paid for the least alike unit of either side."""
        cosines = self._cosines(k, h, window)
        if k == h == 1:
            return cosines
        lacking = np.zeros_like(cosines)
        if k > 1:
            lacking += cosines - _least(self._cosines(1, h, window), k)
        if h > 1:
            lacking += cosines - _least(self._cosines(k, 1, window).T, h).T
        return np.asarray(cosines - np.float32(self.prices.parts) * lacking)

    def _cosines(self, k: int, h: int, window: _Window) -> Matrix:
        """Return the cosines of all runs of k that end in a window's rows with all of h that end in its columns."""
        top, bottom, left, right = window
        asked = k, h, window
        return recall(
            self._recent, asked, _RECENT, lambda: self.a.vectors(k, top, bottom) @ self.b.vectors(h, left, right).T
        )


def _last_units(rows: Cells, columns: Cells) -> tuple[Cells, Cells]:
    """Return the units before which the path stands; the first ones at the rims, where no bead ends."""
    return np.maximum(rows - 1, 0), np.maximum(columns - 1, 0)


def _window(i: Cells, j: Cells) -> _Window:
    """Return what holds some units and those that may stand in a bead with them."""
    top, left = (max(0, int(cells.min()) - LARGEST + 1) for cells in (i, j))
    return _Window(top, int(i.max()) + 1, left, int(j.max()) + 1)


def _least(alone: Matrix, units: int) -> Matrix:
    """Return, row by row, the least over a row and those above it, so many in all."""
    least = alone.copy()
    for back in range(1, units):
        np.minimum(least[back:], alone[:-back], out=least[back:])
    return least
