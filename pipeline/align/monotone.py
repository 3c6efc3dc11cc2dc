"""Align two texts that keep one order, unit by unit, up to four against two: for units that are sentences.

The score of a bead follows vecalign and bertalign (Thompson & Koehn 2019; Liu & Zhu 2023): similarity of the merged
sides beyond that of each side's neighbours, less a price for unequal length and for size, and for quotation marks of
one side alone: who translates speech keeps it speech. Cost stays linear: above COARSE units a pass over merged units
fixes a band, and the fine pass stays inside it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.align.lattice import Cells, Rung, Shape, Values, band_around, best_path, whole_band
from pipeline.align.side import Side
from pipeline.align.tokens import CLOSED, SPOKEN
from pipeline.encode import Encoder, Matrix, VectorCache, encode_texts
from pipeline.encode.space import adapt, unit

SHAPES: tuple[Shape, ...] = tuple(
    (a, b)
    for a in range(1, 5)
    for b in range(1, 5)
    if min(a, b) <= 2 and a + b <= 6  # noqa: PLR2004 - wider are rare
)
LARGEST = 4
NEIGHBOURS = 6
LENGTH, SKIP = 0.1, -0.2
CLOSES, QUOTES = 0.12, 0.05  # for a side alone that ends in a closing quotation mark, that has any
PRICE = {2: 0.0, 3: -0.045, 4: -0.08, 5: -0.12, 6: -0.12}  # by units in the bead
BOTH_MERGED = -0.09
COARSE, SCALE, MARGIN = 600, 4, 40
LONG = 50  # units whose mean is the text's topic rather than their own content
REACH, LOSS = 2, 0.05  # how far from the path a run is looked for, and what it may lose against its best part
UNSPACED = frozenset({"zh", "ja", "th"})
SAMPLE = 512  # rows of the other side that stand for its neighbourhood in a long text


class Merged:
    """Every run of up to LARGEST units of a side: vectors, lengths, and how alike they are to the other side anyway."""

    def __init__(self, rows: list[Matrix], lengths: Values, texts: Sequence[str] = ()) -> None:
        self.rows = rows
        self.closed = np.array([bool(CLOSED.search(text)) for text in texts] or [False] * len(lengths))
        self.spoken = _within([bool(SPOKEN.search(text)) for text in texts] or [False] * len(lengths), len(rows))
        total = np.concatenate([[0.0], np.cumsum(lengths)])
        self.lengths = [_ending(total[k:] - total[:-k], len(lengths)) for k in range(1, len(rows) + 1)]
        self.usual: list[Matrix] = []

    def against(self, other: Matrix) -> None:
        """Measure the usual similarity: the mean over the nearest NEIGHBOURS single units of the other side."""
        sample = other[:: max(1, len(other) // SAMPLE)]
        k = min(NEIGHBOURS, len(sample))
        self.usual = [np.sort(rows @ sample.T, axis=1)[:, -k:].mean(axis=1) for rows in self.rows]


def _within(marked: list[bool], longest: int) -> list[npt.NDArray[np.bool_]]:
    """Tell of each run of up to `longest` units, at its last one, whether a marked unit is in it."""
    found = [np.array(marked)]
    for k in range(1, longest):
        found.append(found[-1] | np.concatenate([np.zeros(k, dtype=bool), found[0][:-k]]))
    return found


def _ending(values: Values, n: int) -> Values:
    """Place the value of each run of k units at its last unit; runs that would start before the text get 1."""
    return np.concatenate([np.ones(n - len(values)), values]) if len(values) < n else values


class Scored(NamedTuple):
    """A rung, the cosine of its sides and the score that the path saw in it, by unit; both 0 for a deletion."""

    rung: Rung
    cosine: float
    score: float


def align_monotone(a: Side, b: Side, encoder: Encoder, cache: VectorCache | None) -> list[Scored]:
    """Return beads and deletions of all units, in order.

    A first path takes a run's vector for the sum of its units'. Runs that this path's surroundings make likely are then
    encoded as texts, which tells much better where a bead ends, and a second path decides.
    """
    sides = composed(a), composed(b)
    n, m = len(a.texts), len(b.texts)
    rungs = _path(*sides, _band(*sides))
    if encoder.reads_english:
        return _scored(*sides, rungs)
    places = _places(rungs, n, m)
    for side, merged, other, place in ((a, sides[0], sides[1], places[0]), (b, sides[1], sides[0], places[1])):
        _refine(side, merged, other.rows[0], place, encoder, cache)
    return _scored(*sides, _path(*sides, band_around(rungs, n, m, 1, MARGIN)))


def composed(side: Side) -> Merged:
    """Make the vector of each run from the sum of its units', weighted by the roots of their lengths."""
    lengths = side.lengths(side.texts)
    single = _recentre(side.unit_rows, side.unit_rows)
    weighted = np.concatenate([np.zeros((1, single.shape[1])), np.cumsum(single * np.sqrt(lengths)[:, None], axis=0)])
    rows = [single]
    for k in range(2, min(LARGEST, len(single)) + 1):
        blank = np.zeros((k - 1, single.shape[1]), dtype=np.float32)
        rows.append(np.concatenate([blank, unit(weighted[k:] - weighted[:-k])]))
    return Merged(rows, lengths, side.texts)


def _recentre(rows: Matrix, units: Matrix) -> Matrix:
    """Take out a long text's own mean: its topic, which all of it shares."""
    return unit(rows - units.mean(axis=0, keepdims=True)) if len(units) >= LONG else rows


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
    side: Side, merged: Merged, other: Matrix, places: list[int], encoder: Encoder, cache: VectorCache | None
) -> None:
    """Replace the vectors of the likely runs by those of their texts."""
    wanted = [(k, last) for k in range(2, len(merged.rows) + 1) for last in likely(merged, k, other, places)]
    joint = "" if side.version.lang.split("-", maxsplit=1)[0] in UNSPACED else " "
    texts = [joint.join(side.texts[last - k + 1 : last + 1]) for k, last in wanted]
    if not texts:
        return
    encoded = _recentre(adapt(encode_texts(texts, encoder, cache), side.version.lang, encoder), side.unit_rows)
    for (k, last), row in zip(wanted, encoded, strict=True):
        merged.rows[k - 1][last] = row


def likely(merged: Merged, k: int, other: Matrix, places: list[int]) -> list[int]:
    """Return the last units of the runs of k that are about as like some unit nearby as their best part is."""
    single, run = merged.rows[0], merged.rows[k - 1]
    found = []
    for last in range(k - 1, len(single)):
        near = other[max(0, places[last - k + 1] - REACH) : places[last] + REACH + 1]
        parts = single[last - k + 1 : last + 1]
        if len(near) and float((near @ run[last] - (parts @ near.T).max(axis=0)).max()) >= -LOSS:
            found.append(last)
    return found


def _band(a: Merged, b: Merged) -> tuple[Cells, Cells]:
    """Return where to look: everywhere in short texts, else around the path of the thinned texts, and so on down."""
    n, m = len(a.rows[0]), len(b.rows[0])
    if max(n, m) <= COARSE:
        return whole_band(n, m)
    thin = _thin(a), _thin(b)
    return band_around(_path(*thin, _band(*thin)), n, m, SCALE, MARGIN)


def _thin(side: Merged) -> Merged:
    """Return a side whose units are SCALE old ones, by adding vectors."""
    single, lengths = side.rows[0], side.lengths[0]
    starts = np.arange(0, len(single), SCALE)
    rows = unit(np.add.reduceat(single, starts, axis=0))
    pairs = unit(np.concatenate([rows[:1], rows[1:] + rows[:-1]]))
    return Merged([rows, pairs], np.add.reduceat(lengths, starts))


def _path(a: Merged, b: Merged, band: tuple[Cells, Cells]) -> list[Rung]:
    n, m = len(a.rows[0]), len(b.rows[0])
    shapes = tuple(shape for shape in SHAPES if shape[0] <= len(a.rows) and shape[1] <= len(b.rows))
    judge = _Judge(a, b)
    return best_path(n, m, shapes, judge.gain, SKIP, band)


def _scored(a: Merged, b: Merged, rungs: list[Rung]) -> list[Scored]:
    judge = _Judge(a, b)
    return [judge.score(rung) if rung[0] and rung[1] else Scored(rung, 0.0, 0.0) for rung in rungs]


class _Judge:
    """Scores beads by the place of their last units."""

    def __init__(self, a: Merged, b: Merged) -> None:
        a.against(b.rows[0])
        b.against(a.rows[0])
        self._a, self._b = a, b
        self._ratio = float(a.lengths[0].sum() / b.lengths[0].sum())

    def gain(self, shape: Shape, rows: Cells, columns: Cells) -> Values:
        """Return what beads of one shape add to a path: their score for each unit they cover on a side."""
        return self._cosine_and_score(shape, rows, columns)[1] * sum(shape) / 2

    def score(self, rung: Rung) -> Scored:
        """Return one bead with its cosine and score."""
        shape = len(rung[0]), len(rung[1])
        cosine, score = self._cosine_and_score(shape, np.array([rung[0][-1] + 1]), np.array([rung[1][-1] + 1]))
        return Scored(rung, float(cosine[0]), float(score[0]))

    def _cosine_and_score(self, shape: Shape, rows: Cells, columns: Cells) -> tuple[Values, Values]:
        k, h = shape
        a, b = self._a, self._b
        i, j = np.maximum(rows - 1, 0), np.maximum(columns - 1, 0)
        cosine = np.einsum("nd,nd->n", a.rows[k - 1][i], b.rows[h - 1][j]).astype(np.float64)
        usual = (a.usual[k - 1][i] + b.usual[h - 1][j]) / 2
        unequal = np.minimum(2.0, np.abs(np.log(a.lengths[k - 1][i] / (b.lengths[h - 1][j] * self._ratio))))
        alone = CLOSES * (a.closed[i] != b.closed[j]) + QUOTES * (a.spoken[k - 1][i] != b.spoken[h - 1][j])
        return cosine, cosine - usual - LENGTH * unequal - alone + _price(k, h)


def _price(k: int, h: int) -> float:
    if min(k, h) > 1:
        return BOTH_MERGED * (1.5 if k + h > LARGEST else 1.0)
    return PRICE[k + h]
