"""Measure each candidate pair of units: what the scorecard judges."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.align.coverage import coverage
from pipeline.align.pivot import overlap
from pipeline.align.scorecard import Scorecard
from pipeline.align.side import Side
from pipeline.align.similarity import Similarity, compare, margins
from pipeline.align.tokens import ENDING, agreement, by_capitals, names, numbers
from pipeline.encode import Matrix

FEATURES = (
    "gap", "margin", "cosine", "diagonal", "unit_margin", "unit_cosine",
    "numbers", "names", "shorter", "longer", "ratio", "ending", "position", "coverage", "pivot",
)  # fmt: skip
RANK = 2  # a pair is a candidate when a sentence of it is among the best two of its row or column
UNIT_RANK = 3  # and in reports, when as a whole it is among the best three

Measures = npt.NDArray[np.float64]


class Candidates(NamedTuple):
    """Pairs of units worth judging: indices on both sides, and one row of FEATURES each (NaN where unknown)."""

    pairs: list[tuple[int, int]]
    measures: Measures

    def log_odds(self, scorecard: Scorecard) -> Measures:
        """Return how a scorecard judges each pair, by the measures that it names."""
        return scorecard.log_odds(self.measures[:, [FEATURES.index(name) for name in scorecard.features]])

    def with_pivot(self, a: Side, b: Side) -> "Candidates":
        """Add what the pairs share in English, which only pairs of one story are worth asking."""
        measures = self.measures.copy()
        if self.pairs:
            measures[:, FEATURES.index("pivot")] = overlap(a.english, b.english)[tuple(np.array(self.pairs).T)]
        return Candidates(self.pairs, measures)


def candidates(a: Side, b: Side) -> Candidates:
    """Find and measure the candidate pairs of two versions, ordered; the pivot is not asked yet, nor the coverage."""
    similarity, units = compare(a.rows, b.rows), compare(a.unit_rows, b.unit_rows)
    unknown = np.full_like(units.margin, np.nan)
    return _measured(a, b, similarity, units, unknown, _pairs(similarity.margin, a, b))


def report_candidates(a: Side, b: Side) -> Candidates:
    """Find and measure the candidate pairs of two reports: units may echo each other with no sentence standing out."""
    similarity, units = compare(a.rows, b.rows), compare(a.unit_rows, b.unit_rows)
    covered = margins(coverage(a, b, similarity.cosine))
    pairs = _pairs(similarity.margin, a, b)
    for margin in (units.margin, covered):
        pairs |= {(int(i), int(j)) for i, j in _best(_steady(margin, a.texts, b.texts), UNIT_RANK)}
    return _measured(a, b, similarity, units, covered, pairs)


def _measured(  # noqa: PLR0917 - all that is known of the pairs
    a: Side, b: Side, similarity: Similarity, units: Similarity, covered: Matrix, found: set[tuple[int, int]]
) -> Candidates:
    pairs, shape = sorted(found), _Shape(a, b)
    rows = [
        (*_alike(similarity, _block(a, i), _block(b, j)), float(units.margin[i, j]), float(units.cosine[i, j]),
         *shape.measure(i, j), float(covered[i, j]), np.nan)
        for i, j in pairs
    ]  # fmt: skip
    return Candidates(pairs, np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES)))


def _pairs(margin: Matrix, a: Side, b: Side) -> set[tuple[int, int]]:
    best = _best(_steady(margin, a.sentences, b.sentences), RANK)
    return {(int(a.owner[row]), int(b.owner[column])) for row, column in best}


def _steady(margin: Matrix, a: Sequence[str], b: Sequence[str]) -> Matrix:
    """Give equal texts equal margins: the last digit of a product of matrices hangs on the place in them."""
    firsts = _firsts(a), _firsts(b)
    is_steady = all(len(set(first)) == len(first) for first in firsts)
    return margin if is_steady else np.asarray(margin[np.ix_(*firsts)])


def _firsts(texts: Sequence[str]) -> list[int]:
    """Return for each text the place where it stands first."""
    places: dict[str, int] = {}
    return [places.setdefault(text, place) for place, text in enumerate(texts)]


def _best(margin: Matrix, rank: int) -> npt.NDArray[np.intp]:
    """Return the cells that are among the best of their row or column, which have `rank` of these at most."""
    return np.argwhere(_leading(margin, rank) | _leading(margin.T, rank).T)


def _leading(margin: Matrix, rank: int) -> npt.NDArray[np.bool_]:
    """Mark the best cells of each row; of more equal ones than fit the one that is nearest in relative position."""
    k = min(rank, margin.shape[1])
    least = np.partition(margin, margin.shape[1] - k, axis=1)[:, -k]
    leading = np.asarray(margin >= least[:, None])
    for row in np.flatnonzero(leading.sum(axis=1) > k):
        equal = np.flatnonzero(margin[row] == least[row])
        away = np.abs((row + 0.5) / margin.shape[0] - (equal + 0.5) / margin.shape[1])
        leading[row, np.delete(equal, away.argmin())] = False
    return leading


def _alike(similarity: Similarity, rows: slice, columns: slice) -> tuple[float, ...]:
    """Return gap, margin, cosine, diagonal of the sentences of two units; the diagonal where the gap is best."""
    block = rows, columns
    margin, gap = similarity.margin[block], similarity.gap[block]
    best = np.unravel_index(int(gap.argmax()), gap.shape)
    return (
        float(gap[best]),
        float(margin.max()),
        float(similarity.cosine[block].max()),
        float(similarity.diagonal[block][best]),
    )


def _block(side: Side, unit: int) -> slice:
    start, stop = np.searchsorted(side.owner, (unit, unit + 1))
    return slice(int(start), int(stop))


class _Shape:
    """Measures that need no encoder, prepared once per side."""

    def __init__(self, a: Side, b: Side) -> None:
        self._lengths = a.lengths(a.texts), b.lengths(b.texts)
        self._numbers = [numbers(text) for text in a.texts], [numbers(text) for text in b.texts]
        latin = by_capitals(a.version.lang, b.version.lang)
        self._names = [[names(text, latin_script=latin) for text in side.texts] for side in (a, b)]
        self._ending = [[bool(ENDING.search(text)) for text in side.texts] for side in (a, b)]

    def measure(self, i: int, j: int) -> tuple[float, ...]:
        """Return numbers, names, shorter, longer, ratio, ending, position of one pair."""
        lengths = self._lengths[0][i], self._lengths[1][j]
        shared = agreement(self._numbers[0][i], self._numbers[1][j])
        named = agreement(self._names[0][i], self._names[1][j])
        return (
            np.nan if shared is None else shared,
            np.nan if named is None else named,
            float(np.log(min(lengths))),
            float(np.log(max(lengths))),
            float(abs(np.log(lengths[0] / lengths[1]))),
            float(self._ending[0][i]) + float(self._ending[1][j]),
            abs((i + 0.5) / len(self._lengths[0]) - (j + 0.5) / len(self._lengths[1])),
        )
