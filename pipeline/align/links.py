"""Probabilities that units of two versions share content, and the beads that follow from them."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.align.features import FEATURES, Candidates, Measures, report_candidates
from pipeline.align.scorecard import Scorecards, load_scorecard, load_scorecards, sigmoid
from pipeline.align.side import Side
from pipeline.forest import Forest

TRANSLATIONS, REPORTS = "translations", "reports"

# Two versions are one text when their links are close, cover a good part of each and keep one order. Through the pivot
# closeness says little, and the other two must do: among the versions of the multi gold, coverage is above .44 for 98
# in 100 pairs and order above .75 for all.
REGIME = ("closeness", "coverage", "order")
COVERAGE = 0.4
ORDER = 0.6


@dataclass(frozen=True, slots=True)
class Links:
    """Candidate pairs of units (indices), their measures and the log-odds of each under the regime's scorecard."""

    a: Side
    b: Side
    regime: str
    pairs: list[tuple[int, int]]
    measures: Measures
    log_odds: Measures

    def probabilities(self) -> dict[tuple[int, int], float]:
        """Return the probability of each candidate."""
        return dict(zip(self.pairs, sigmoid(self.log_odds).tolist(), strict=True))


def judge(a: Side, b: Side, found: Candidates, scorecards: Scorecards | None = None) -> Links:
    """Recognise the regime and judge its candidates by its scorecard; `scorecards` replace those that ship."""
    scorecards = scorecards or load_scorecards(pivoted=a.pivoted)
    log_odds = found.log_odds(scorecards.translations)
    regime = recognise(a, b, found, log_odds >= 0)
    found = (found if regime == TRANSLATIONS else report_candidates(a, b)).with_pivot(a, b)
    if regime == REPORTS:
        log_odds = found.log_odds(scorecards.reports)
    return Links(a, b, regime, found.pairs, found.measures, log_odds)


def recognise(a: Side, b: Side, found: Candidates, linked: npt.NDArray[np.bool_]) -> str:
    """Name the regime from the candidates that count as links."""
    if not linked.any():
        return REPORTS
    closeness, coverage, kept = shape_of_links(a, b, found, linked)
    if a.pivoted or b.pivoted:
        return TRANSLATIONS if coverage >= COVERAGE and kept >= ORDER else REPORTS
    odds = load_scorecard("regime").log_odds(np.array([[closeness, coverage, kept]]))
    return TRANSLATIONS if odds[0] >= 0 else REPORTS


def shape_of_links(a: Side, b: Side, found: Candidates, linked: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """Return, of REGIME, how alike the linked units are, how much of the shorter version they cover, in what order."""
    pairs = [pair for pair, chosen in zip(found.pairs, linked, strict=True) if chosen]
    lengths = np.minimum(a.lengths(a.texts)[[i for i, _ in pairs]], b.lengths(b.texts)[[j for _, j in pairs]])
    cosines = found.measures[linked, FEATURES.index("cosine")]
    return float(np.average(cosines, weights=lengths)), _coverage(a, b, pairs), order(pairs)


def order(linked: Iterable[tuple[int, int]]) -> float:
    """Return the share of links on the longest chain that never steps back; 1 for none."""
    pairs = sorted(linked)
    ends: list[int] = []  # the least last unit of a chain of each length (Fredman 1975)
    for _, j in pairs:
        place = bisect_right(ends, j)
        ends[place : place + 1] = [j]
    return len(ends) / len(pairs) if pairs else 1.0


def _coverage(a: Side, b: Side, linked: list[tuple[int, int]]) -> float:
    shares = []
    for side, units in ((a, {i for i, _ in linked}), (b, {j for _, j in linked})):
        lengths = side.lengths(side.texts)
        shares.append(float(lengths[sorted(units)].sum() / lengths.sum()))
    return min(shares)


def components(linked: Iterable[tuple[int, int]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Join links that share a unit; ordered by the first unit of the first side."""
    forest: Forest[tuple[int, int]] = Forest()
    for i, j in linked:
        forest.join((0, i), (1, j))
    return [(_units(tree, 0), _units(tree, 1)) for tree in forest.trees()]


def _units(tree: Iterable[tuple[int, int]], side: int) -> tuple[int, ...]:
    return tuple(unit for where, unit in tree if where == side)


def measure(row: Measures, name: str) -> float | None:
    """Read one measure of a candidate, None where it is unknown."""
    value = float(row[FEATURES.index(name)])
    return None if np.isnan(value) else value


def accepted(probabilities: Mapping[tuple[int, int], float], threshold: float) -> list[tuple[int, int]]:
    """Return the pairs at or above the threshold, ordered."""
    return sorted(pair for pair, probability in probabilities.items() if probability >= threshold)
