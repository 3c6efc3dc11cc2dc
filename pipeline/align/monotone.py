"""Align two texts that keep one order, unit by unit, up to four against two: for units that are sentences.

The score of a bead follows vecalign and bertalign (Thompson & Koehn 2019; Liu & Zhu 2023): similarity of the merged
sides beyond that of each side's neighbours, less a price for unequal length and for size, and for quotation marks of
one side alone: who translates speech keeps it speech. Cost stays linear: above COARSE units a pass over merged units
fixes a band, and the fine pass stays inside it.
"""

from typing import NamedTuple

import numpy as np

from pipeline.align.lattice import Cells, Rung, Shape, Values, band_around, best_path, whole_band
from pipeline.align.runs import LARGEST, Runs, blocks
from pipeline.align.side import Side
from pipeline.encode import Encoder, VectorCache, encode_texts
from pipeline.encode.space import adapt
from pipeline.segment import joint

SHAPES: tuple[Shape, ...] = tuple(
    (a, b)
    for a in range(1, 5)
    for b in range(1, 5)
    if min(a, b) <= 2 and a + b <= 6  # noqa: PLR2004 - wider are rare
)
COARSE, SCALE, MARGIN = 600, 4, 40
AT_ONCE = 128  # rungs scored together
REACH, LOSS = 2, 0.05  # how far from the path a run is looked for, and what it may lose against its best part


class Prices(NamedTuple):
    """What a bead costs: for unequal length, for a unit left out, for a mark of one side alone, for its units.

    `closes` is for a side alone that ends in a closing quotation mark, `quotes` for one that has any; `three`, `four`
    and `more` are by units in the bead, `both` for beads with two units or more on either side.
    """

    length: float = 0.1
    skip: float = 0.2
    closes: float = 0.12
    quotes: float = 0.05
    three: float = 0.045
    four: float = 0.08
    more: float = 0.12
    both: float = 0.09

    def of(self, k: int, h: int) -> float:
        """Return the price of a bead's shape, k units against h."""
        if min(k, h) > 1:
            return self.both * (1.5 if k + h > LARGEST else 1.0)
        return (0.0, self.three, self.four, self.more)[k + h - 2]


PRICES = Prices()


class Scored(NamedTuple):
    """A rung, the cosine of its sides and the score that the path saw in it, by unit; both 0 for a deletion."""

    rung: Rung
    cosine: float
    score: float


def align_monotone(
    a: Side, b: Side, encoder: Encoder, cache: VectorCache | None, prices: Prices = PRICES
) -> list[Scored]:
    """Return beads and deletions of all units, in order.

    A first path takes a run's vector for the sum of its units'. Runs that this path's surroundings make likely are then
    encoded as texts, which tells much better where a bead ends, and a second path decides.
    """
    sides = runs_of(a), runs_of(b)
    n, m = len(a.texts), len(b.texts)
    rungs = _path(*sides, _band(*sides, prices), prices)
    if encoder.reads_english:
        return _scored(*sides, rungs, prices)
    places = _places(rungs, n, m)
    for side, runs, other, place in ((a, sides[0], sides[1], places[0]), (b, sides[1], sides[0], places[1])):
        _refine(side, runs, other, place, encoder, cache)
    return _scored(*sides, _path(*sides, band_around(rungs, n, m, 1, MARGIN), prices), prices)


def runs_of(side: Side) -> Runs:
    """Return the runs of a side's units."""
    return Runs(side.unit_rows, side.lengths(side.texts), side.texts)


def _places(rungs: list[Rung], n: int, m: int) -> tuple[list[int], list[int]]:
    """Return, for each unit of either side, where on the other side the path stands."""
    here, there = [0] * n, [0] * m
    i = j = 0
    for left, right in rungs:
        for unit_a in left:
            here[unit_a] = j
        for unit_b in right:
            there[unit_b] = i
        i, j = i + len(left), j + len(right)
    return here, there


def _refine(  # noqa: PLR0917 - one side against the other
    side: Side, runs: Runs, other: Runs, places: list[int], encoder: Encoder, cache: VectorCache | None
) -> None:
    """Replace the vectors of the likely runs by those of their texts."""
    lasts = {k: likely(runs, k, other, places) for k in range(2, runs.longest + 1)}
    between = joint(side.version.lang)
    texts = [between.join(side.texts[last - k + 1 : last + 1]) for k, found in lasts.items() for last in found]
    if not texts:
        return
    encoded = runs.recentred(adapt(encode_texts(texts, encoder, cache), side.version.lang, encoder))
    for k, found in lasts.items():
        runs.encode(k, found, encoded[: len(found)])
        encoded = encoded[len(found) :]


def likely(runs: Runs, k: int, other: Runs, places: list[int]) -> list[int]:
    """Return the last units of the runs of k that are about as like some unit nearby as their best part is."""
    found = []
    for start, stop in blocks(len(runs)):
        first = max(k - 1, start)
        single, run = runs.vectors(1, first - k + 1, stop), runs.vectors(k, first, stop)
        low = max(0, places[first - k + 1] - REACH)
        around = other.vectors(1, low, min(len(other), places[stop - 1] + REACH + 1))
        for last in range(first, stop):
            near = around[max(0, places[last - k + 1] - REACH) - low : places[last] + REACH + 1 - low]
            parts = single[last - first : last - first + k]
            if len(near) and float((near @ run[last - first] - (parts @ near.T).max(axis=0)).max()) >= -LOSS:
                found.append(last)
    return found


def _band(a: Runs, b: Runs, prices: Prices) -> tuple[Cells, Cells]:
    """Return where to look: everywhere in short texts, else around the path of the thinned texts, and so on down."""
    n, m = len(a), len(b)
    if max(n, m) <= COARSE:
        return whole_band(n, m)
    thin = a.thinned(SCALE), b.thinned(SCALE)
    return band_around(_path(*thin, _band(*thin, prices), prices), n, m, SCALE, MARGIN)


def _path(a: Runs, b: Runs, band: tuple[Cells, Cells], prices: Prices) -> list[Rung]:
    shapes = tuple(shape for shape in SHAPES if shape[0] <= a.longest and shape[1] <= b.longest)
    return best_path(len(a), len(b), shapes, _Judge(a, b, prices).gain, -prices.skip, band)


def _scored(a: Runs, b: Runs, rungs: list[Rung], prices: Prices) -> list[Scored]:
    judge = _Judge(a, b, prices)
    return [
        scored for start in range(0, len(rungs), AT_ONCE) for scored in judge.scores(rungs[start : start + AT_ONCE])
    ]


class _Judge:
    """Scores beads by the place of their last units."""

    def __init__(self, a: Runs, b: Runs, prices: Prices) -> None:
        a.against(b)
        b.against(a)
        self._a, self._b, self._prices = a, b, prices
        self._ratio = float(a.lengths[0].sum() / b.lengths[0].sum())

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
        top, left = int(i.min()), int(j.min())
        tile = a.vectors(k, top, int(i.max()) + 1) @ b.vectors(h, left, int(j.max()) + 1).T
        cosine = tile[i - top, j - left].astype(np.float64)
        usual = (a.usual[k - 1][i] + b.usual[h - 1][j]) / 2
        unequal = np.minimum(2.0, np.abs(np.log(a.lengths[k - 1][i] / (b.lengths[h - 1][j] * self._ratio))))
        alone = prices.closes * (a.closed[i] != b.closed[j])
        alone += prices.quotes * (a.spoken[k - 1][i] != b.spoken[h - 1][j])
        return cosine, cosine - usual - prices.length * unequal - alone - prices.of(k, h)
