"""The page model: a logistic score over the features of a line, its weights a data file."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.features import Table
from pipeline.clean.neighbours import Column

WEIGHTS = "page_model.json"


@dataclass(frozen=True, slots=True)
class PageModel:
    """One mean, scale and weight a feature; the score of a line is the sum of (x - mean) / scale x weight + bias."""

    names: tuple[str, ...]
    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def story(self, table: Table) -> Column:
        """Return for each line the probability that it belongs to the story."""
        factors = (self.weights / self.scales).tolist()
        score = np.full(len(table[self.names[0]]), self.bias - sum(map(mul, self.means.tolist(), factors)))
        for name, factor in zip(self.names, factors, strict=True):
            score += table[name] * factor
        story: Column = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        return story


def to_json(model: PageModel) -> str:
    """Write a model one feature a line, the weightiest first, for people to review."""
    rows = zip(model.names, model.means.tolist(), model.scales.tolist(), model.weights.tolist(), strict=True)
    ranked = sorted(rows, key=lambda row: -abs(row[3]))
    lines = [f"    {json.dumps(name)}: [{mean:.5g}, {scale:.5g}, {weight:.5g}]" for name, mean, scale, weight in ranked]
    return f'{{\n  "bias": {model.bias:.5g},\n  "features": {{\n' + ",\n".join(lines) + "\n  }\n}\n"


def from_json(text: str) -> PageModel:
    """Read what `to_json` wrote."""
    data = json.loads(text)
    rows = data["features"]
    mean, scale, weight = np.array(list(rows.values()), dtype=float).T
    return PageModel(tuple(rows), mean, scale, weight, data["bias"])


@cache
def load_model() -> PageModel:
    """Read the weights that ship with the package."""
    return from_json(files("pipeline.clean").joinpath(WEIGHTS).read_text(encoding="utf-8"))
