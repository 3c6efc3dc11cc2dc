"""Align two texts that keep one order, unit by unit, up to four against two: for units that are sentences.

Cost stays linear: above COARSE units a pass over merged units fixes a band, and the fine pass stays inside it.
"""

from typing import NamedTuple

from pipeline.align.judge import PRICES, Judge, Prices, Scored
from pipeline.align.lattice import Cells, Rung, Shape, band_around, best_path, whole_band
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
AT_ONCE = 128  # rungs scored together
REACH, LOSS = 2, 0.05  # how far from the path a run is looked for, and what it may lose against its best part


class Prepared(NamedTuple):
    """The runs of two sides, likely ones with vectors of their own, and the band in which to look for the path."""

    a: Runs
    b: Runs
    band: tuple[Cells, Cells]


def align_monotone(
    a: Side, b: Side, encoder: Encoder, cache: VectorCache | None, prices: Prices = PRICES
) -> list[Scored]:
    """Return beads and deletions of all units, in order.

    A first path takes a run's vector for the sum of its units'. Runs that this path's surroundings make likely are then
    encoded as texts, which tells much better where a bead ends, and a second path decides. Where the encoder only reads
    words, sums are all there is, and one path does.
    """
    return settle(prepare(a, b, encoder, cache, prices), prices)


def prepare(a: Side, b: Side, encoder: Encoder, cache: VectorCache | None, prices: Prices = PRICES) -> Prepared:
    """Find where to look for the path; around a first one, encode the runs that are likely there."""
    sides = runs_of(a), runs_of(b)
    n, m = len(a.texts), len(b.texts)
    band = _band(*sides, prices)
    if encoder.reads_english:
        return Prepared(*sides, band)
    rungs = _path(Judge(*sides, prices), band)
    places = _places(rungs, n, m)
    for side, runs, other, place in ((a, sides[0], sides[1], places[0]), (b, sides[1], sides[0], places[1])):
        _refine(side, runs, other, place, encoder, cache)
    return Prepared(*sides, band_around(rungs, n, m, 1, MARGIN))


def settle(prepared: Prepared, prices: Prices = PRICES) -> list[Scored]:
    """Return beads and deletions of the best path."""
    a, b, band = prepared
    judge = Judge(a, b, prices)
    rungs = _path(judge, band)
    return [
        scored for start in range(0, len(rungs), AT_ONCE) for scored in judge.scores(rungs[start : start + AT_ONCE])
    ]


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
    return band_around(_path(Judge(*thin, prices), _band(*thin, prices)), n, m, SCALE, MARGIN)


def _path(judge: Judge, band: tuple[Cells, Cells]) -> list[Rung]:
    a, b = judge.a, judge.b
    shapes = tuple(shape for shape in SHAPES if shape[0] <= a.longest and shape[1] <= b.longest)
    return best_path(len(a), len(b), shapes, judge.gain, -judge.prices.skip, band)
