"""What a bead of two sequences is worth: how alike its sides are, less the prices of what speaks against it.

Similarity of the merged sides beyond that of each side's neighbours, less a price for unequal length and for size, is
as in vecalign and bertalign (Thompson & Koehn 2019; Liu & Zhu 2023). Ours are prices for quotation marks of one side
alone, as who translates speech keeps it speech, and for a unit less like the other side than its bead as a whole: a
bead that has taken in a neighbour's sentence is alike as long as most of it is.
"""

from typing import NamedTuple

import numpy as np

from pipeline.align.lattice import Cells, Rung, Shape, Values
from pipeline.align.runs import LARGEST, Runs
from pipeline.encode import Matrix

_RECENT = 16  # tiles kept: those that the shapes of beads ask for in turn


class Prices(NamedTuple):
    """What a bead costs; all are in units of cosine.

    `length` is for each factor e of unequal length, `skip` for a unit left out, `closes` for a side alone that ends in
    a closing quotation mark, `quotes` for one that has any, `size` for a third unit in the bead, and `parts` for what
    the cosine of a side's least alike unit lacks of that of the bead.
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


class Scored(NamedTuple):
    """A rung, the cosine of its sides and the score that the path saw in it, by unit; both 0 for a deletion."""

    rung: Rung
    cosine: float
    score: float


class Judge:
    """Scores beads by the place of their last units."""

    def __init__(self, a: Runs, b: Runs, prices: Prices) -> None:
        """Measure each side's neighbourhood on the other."""
        a.against(b)
        b.against(a)
        self._a, self._b, self._prices = a, b, prices
        self._ratio = float(a.lengths[0].sum() / b.lengths[0].sum())
        self._tiles: dict[tuple[int, ...], Matrix] = {}

    def gain(self, shape: Shape, rows: Cells, columns: Cells) -> Values:
        """Return what beads of one shape add to a path: their score for each unit they cover on a side."""
        return self._cosine_and_score(shape, rows, columns)[1] * sum(shape) / 2

    def scores(self, rungs: list[Rung]) -> list[Scored]:
        """Return rungs that follow each other with their cosines and scores."""
        found = [Scored(rung, 0.0, 0.0) for rung in rungs]
        shapes = [(len(left), len(right)) for left, right in rungs]
        for shape in set(shapes) - {(1, 0), (0, 1)}:
            at = [i for i, other in enumerate(shapes) if other == shape]
            ends = (np.array([rungs[i][side][-1] + 1 for i in at]) for side in (0, 1))
            for i, cosine, score in zip(at, *self._cosine_and_score(shape, *ends), strict=True):
                found[i] = Scored(rungs[i], float(cosine), float(score))
        return found

    def _cosine_and_score(self, shape: Shape, rows: Cells, columns: Cells) -> tuple[Values, Values]:
        k, h = shape
        a, b, prices = self._a, self._b, self._prices
        i, j = np.maximum(rows - 1, 0), np.maximum(columns - 1, 0)
        cosine, lacking = self._cosine_and_lacking(k, h, i, j)
        usual = (a.usual[k - 1][i] + b.usual[h - 1][j]) / 2
        unequal = np.minimum(2.0, np.abs(np.log(a.lengths[k - 1][i] / (b.lengths[h - 1][j] * self._ratio))))
        against = prices.length * unequal + prices.parts * lacking + prices.of(k, h)
        against += prices.closes * (a.closed[i] != b.closed[j])
        against += prices.quotes * (a.spoken[k - 1][i] != b.spoken[h - 1][j])
        return cosine, cosine - usual - against

    def _cosine_and_lacking(self, k: int, h: int, i: Cells, j: Cells) -> tuple[Values, Values]:
        """Return the cosines of the runs of k that end at units i with the runs of h that end at units j.

        And, both sides added, what the least alike unit of a side lacks of that when it stands alone.
        """
        top, left = (max(0, int(cells.min()) - LARGEST + 1) for cells in (i, j))
        window = top, int(i.max()) + 1, left, int(j.max()) + 1
        cosine = self._tile(k, h, window)[i - top, j - left].astype(np.float64)
        lacking = np.zeros(len(cosine))
        if k > 1:
            alone = self._tile(1, h, window)
            lacking += cosine - np.min([alone[np.maximum(i - top - back, 0), j - left] for back in range(k)], axis=0)
        if h > 1:
            alone = self._tile(k, 1, window)
            lacking += cosine - np.min([alone[i - top, np.maximum(j - left - back, 0)] for back in range(h)], axis=0)
        return cosine, lacking

    def _tile(self, k: int, h: int, window: tuple[int, int, int, int]) -> Matrix:
        """Return the cosines of all runs of k that end in some rows with all of h that end in some columns."""
        asked = k, h, *window
        if asked not in self._tiles:
            if len(self._tiles) >= _RECENT:
                del self._tiles[next(iter(self._tiles))]
            top, bottom, left, right = window
            self._tiles[asked] = self._a.vectors(k, top, bottom) @ self._b.vectors(h, left, right).T
        return self._tiles[asked]
