"""Align two texts that keep one order, unit by unit, up to four against two: for units that are sentences.

Cost stays linear: above COARSE units a pass over merged units fixes a band, and the fine pass stays inside it.
"""

from typing import NamedTuple

import numpy as np

from pipeline.align.beliefs import Beliefs
from pipeline.align.judge import PRICES, Judge, Prices
from pipeline.align.lattice import Cells, Lattice, Rung, Shape, Values, band_around, whole_band
from pipeline.align.runs import Runs, blocks
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
AT_ONCE = 128  # rungs looked at together
NEAR = 6  # units around the best path within which others may be as good
SPREAD = 0.05  # cosine by which a segmentation is better that is e times as likely: as the literary gold has it
REACH, LOSS = 2, 0.05  # how far from the path a run is looked for, and what it may lose against its best part


class Prepared(NamedTuple):
    """The runs of two sides, likely ones with vectors of their own, and the band in which to look for the path."""

    a: Runs
    b: Runs
    band: tuple[Cells, Cells]


class Scored(NamedTuple):
    """A rung, the cosine of its sides, and how probable it is; both 0 for a deletion."""

    rung: Rung
    cosine: float
    probability: float


def align_monotone(  # noqa: PLR0917 - the last one is for benchmarks
    a: Side, b: Side, encoder: Encoder, cache: VectorCache | None, threshold: float, prices: Prices = PRICES
) -> list[Scored]:
    """Return beads at least as probable as `threshold`, and deletions of all other units, in order.

    A first path takes a run's vector for the sum of its units'. Runs that this path's surroundings make likely are then
    encoded as texts, which tells much better where a bead ends; a second path, and all those around it, decide. Where
    the encoder only reads words, sums are all there is, and there is no second path.
    """
    return settle(prepare(a, b, encoder, cache, prices), threshold, prices)


def prepare(a: Side, b: Side, encoder: Encoder, cache: VectorCache | None, prices: Prices = PRICES) -> Prepared:
    """Find where to look for the path; around a first one, encode the runs that are likely there."""
    sides = runs_of(a), runs_of(b)
    n, m = len(a.texts), len(b.texts)
    band = _band(*sides, prices)
    if encoder.reads_english:
        return Prepared(*sides, band)
    rungs = likeliest(Judge(*sides, prices), band)
    places = _places(rungs, n, m)
    for side, runs, other, place in ((a, sides[0], sides[1], places[0]), (b, sides[1], sides[0], places[1])):
        _refine(side, runs, other, place, encoder, cache)
    return Prepared(*sides, band_around(rungs, n, m, 1, MARGIN))


def settle(prepared: Prepared, threshold: float, prices: Prices = PRICES, spread: float = SPREAD) -> list[Scored]:
    """Return what is probable over all paths near the best one."""
    a, b, band = prepared
    judge = Judge(a, b, prices)
    near = band_around(likeliest(judge, band), len(a), len(b), 1, NEAR)
    beliefs = Beliefs(_lattice(judge, near, spread))
    rungs = beliefs.most_right(threshold)
    return [
        scored
        for start in range(0, len(rungs), AT_ONCE)
        for scored in _scored(rungs[start : start + AT_ONCE], judge, beliefs)
    ]


def _scored(rungs: list[Rung], judge: Judge, beliefs: Beliefs) -> list[Scored]:
    """Say of rungs that follow each other how alike their sides are, and how probable they are."""
    found = [Scored(rung, 0.0, 0.0) for rung in rungs]
    shapes = [(len(left), len(right)) for left, right in rungs]
    for shape in set(shapes) - {(1, 0), (0, 1)}:
        at = [number for number, other in enumerate(shapes) if other == shape]
        ends = [np.array([rungs[number][side][-1] + 1 for number in at]) for side in (0, 1)]
        cosines, probabilities = judge.cosines(shape, *ends), beliefs.of(shape, *ends)
        for number, cosine, probability in zip(at, cosines.tolist(), probabilities.tolist(), strict=True):
            found[number] = Scored(rungs[number], cosine, probability)
    return found


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
    return band_around(likeliest(Judge(*thin, prices), _band(*thin, prices)), n, m, SCALE, MARGIN)


def likeliest(judge: Judge, band: tuple[Cells, Cells]) -> list[Rung]:
    """Return the best path, whatever others are worth."""
    return _lattice(judge, band).best_path()


def _lattice(judge: Judge, band: tuple[Cells, Cells], spread: float = 1.0) -> Lattice:
    """Return all segmentations as a judge scores them, in units of `spread`."""
    a, b = judge.a, judge.b
    shapes = tuple(shape for shape in SHAPES if shape[0] <= a.longest and shape[1] <= b.longest)

    def score(shape: Shape, i: Cells, j: Cells) -> Values:
        return judge.gain(shape, i, j) / spread

    return Lattice(len(a), len(b), shapes, score, -judge.prices.skip / spread, band)
