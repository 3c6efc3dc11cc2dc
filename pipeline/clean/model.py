"""The page model: a network with one small hidden layer over the features of a line, its weights a data file."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.features import Table
from pipeline.clean.neighbours import Column

Weights = NDArray[np.float64]

WEIGHTS = "page_model.json"
REACH = 4.0  # standard deviations beyond which a feature says no more
_BLOCK, _FEW = 1024, 32  # lines whose features fit in the cache, and for which BLAS starts no threads
_STEP = 2.0**-10  # of features and weights: sums of their products then have no rounding, whatever their order


@dataclass(frozen=True, slots=True)
class PageModel:
    """A line's score is bias + x . direct + max(0, x . into + shifts) . out, for x = (features - means) / scales.

    `into` has a row a feature and a column a unit. Weights are whole steps of 1/1024, and so is x: a line's score does
    not depend on the lines that are judged with it.
    """

    names: tuple[str, ...]
    means: Weights
    scales: Weights
    direct: Weights
    bias: float
    into: Weights
    shifts: Weights
    out: Weights

    def story(self, table: Table) -> Column:
        """Return for each line the probability that it belongs to the story."""
        columns = [table[name] for name in self.names]
        blocks = range(0, len(columns[0]), _BLOCK)
        score = np.concatenate([self._score(np.stack([c[at : at + _BLOCK] for c in columns])) for at in blocks])
        story: Column = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        return story

    def _score(self, rows: Weights) -> Column:
        """Score some lines, `rows` having a row a feature; a few at a time, for which no library starts threads."""
        rows -= self.means[:, None]
        rows /= self.scales[:, None] * _STEP
        np.rint(np.clip(rows, -REACH / _STEP, REACH / _STEP, out=rows), out=rows)
        rows *= _STEP
        weights, out = _in_steps(np.vstack([self.into.T, self.direct])), _in_steps(self.out)
        shifts = _in_steps(self.shifts)[:, None]
        score = np.empty(rows.shape[1])
        for at in range(0, rows.shape[1], _FEW):
            sums = weights @ rows[:, at : at + _FEW]
            score[at : at + _FEW] = sums[-1] + out @ np.maximum(sums[:-1] + shifts, 0) + self.bias
        return score


def _in_steps(values: Weights) -> Weights:
    steps: Weights = np.rint(values / _STEP)
    steps *= _STEP
    return steps


def to_json(model: PageModel) -> str:
    """Write a model for people to review: one feature a line, those with the greatest weights first.

    A feature has its mean, its scale, its direct weight and its weight for each unit.
    """
    into = _in_steps(model.into).tolist()
    rows = zip(model.names, model.means.tolist(), model.scales.tolist(), model.direct.tolist(), into, strict=True)
    ranked = sorted(rows, key=lambda row: -abs(row[3]) - max(map(abs, row[4])))
    features = [
        f"    {json.dumps(name)}: [{mean:.5g}, {scale:.5g}, {', '.join(f'{w:.4f}' for w in (direct, *units))}]"
        for name, mean, scale, direct, units in ranked
    ]
    units = [f"    [{shift:.4f}, {out:.4f}]" for shift, out in zip(model.shifts, model.out, strict=True)]
    return (
        f'{{\n  "bias": {model.bias:.4f},\n  "units": [\n' + ",\n".join(units) + "\n  ],\n"
        '  "features": {\n' + ",\n".join(features) + "\n  }\n}\n"
    )


def from_json(text: str) -> PageModel:
    """Read what `to_json` wrote."""
    data = json.loads(text)
    rows = np.array(list(data["features"].values()), dtype=float)
    shifts, out = np.array(data["units"], dtype=float).T
    return PageModel(
        tuple(data["features"]), rows[:, 0], rows[:, 1], rows[:, 2], data["bias"], rows[:, 3:], shifts, out
    )


@cache
def load_model() -> PageModel:
    """Read the weights that ship with the package."""
    return from_json(files("pipeline.clean").joinpath(WEIGHTS).read_text(encoding="utf-8"))
