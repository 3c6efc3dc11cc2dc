"""Turn measures into the probability that two units share content: an additive, piecewise linear logistic model.

Each feature contributes points read off its own curve, so that a verdict can be taken apart; the points of the
curves stand in a data file, with the command that estimated them.
"""

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Scorecard(NamedTuple):
    """Curves by feature, in the order of the columns that they judge: knots and the log-odds at each."""

    features: tuple[str, ...]
    knots: tuple[Array, ...]
    points: tuple[Array, ...]
    intercept: float

    def log_odds(self, measures: Array) -> Array:
        """Return the log-odds of each row; an unknown measure (NaN) contributes nothing, one off the curve its end."""
        total = np.full(len(measures), self.intercept)
        for column, knots, points in zip(measures.T, self.knots, self.points, strict=True):
            total += np.where(np.isnan(column), 0.0, np.interp(np.nan_to_num(column), knots, points))
        return total


def sigmoid(log_odds: Array) -> Array:
    """Return the logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30))))


class Scorecards(NamedTuple):
    """A scorecard for each regime."""

    translations: Scorecard
    reports: Scorecard


@cache
def load_scorecards(*, pivoted: bool = False) -> Scorecards:
    """Read the scorecards that ship with the package; `pivoted`: for an encoder that reads English alone."""
    suffix = "-pivoted" if pivoted else ""
    return Scorecards(load_scorecard(f"translations{suffix}"), load_scorecard(f"reports{suffix}"))


@cache
def load_scorecard(name: str) -> Scorecard:
    """Read a scorecard that ships with the package."""
    return parse_scorecard(files("pipeline.align").joinpath("scorecards", f"{name}.json").read_text(encoding="utf-8"))


def parse_scorecard(text: str) -> Scorecard:
    """Read a scorecard from JSON: `intercept`, and `curves` of `knots` and `points` by feature."""
    data = json.loads(text)
    curves = data["curves"]
    return Scorecard(
        tuple(curves),
        tuple(np.array(curve["knots"]) for curve in curves.values()),
        tuple(np.array(curve["points"]) for curve in curves.values()),
        float(data["intercept"]),
    )
