"""Fit the page model: logistic regression with a ridge, by Newton's method, in numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.examples import Example
from pipeline.clean.model import PageModel

RIDGE = 500.0
_STEPS, _CONVERGED = 25, 2e-3

# What other features are built from, and raw lengths, which have no scale of their own.
_INTERNAL = frozenset(("weight", "length", "thai-like"))


@dataclass(frozen=True, slots=True)
class Design:
    """All lines of all examples, standardised; `group` numbers the value by which pages are left out."""

    names: tuple[str, ...]
    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    rows: NDArray[np.float32]
    labels: NDArray[np.float32]
    importance: NDArray[np.float32]
    group: NDArray[np.int64]


def design(examples: Sequence[Example], groups: Sequence[str]) -> Design:
    """Stack the labelled lines of the examples; `groups` names one group an example."""
    names = tuple(name for name in examples[0].table if name not in _INTERNAL)
    known = [example.labels >= 0 for example in examples]
    rows = np.concatenate(
        [np.stack([e.table[name][k] for name in names], axis=1) for e, k in zip(examples, known, strict=True)]
    )
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    numbers = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    count = [int(k.sum()) for k in known]
    return Design(
        names,
        means,
        scales,
        np.hstack([(rows - means) / scales, np.ones((len(rows), 1))]).astype(np.float32),
        np.concatenate([e.labels[k] for e, k in zip(examples, known, strict=True)]).astype(np.float32),
        np.repeat([e.importance for e in examples], count).astype(np.float32),
        np.repeat([numbers[group] for group in groups], count),
    )


def fit(data: Design, left_out: int | None = None, start: PageModel | None = None) -> PageModel:
    """Fit all lines, or all but one group's, from `start` if given (the optimum is the same: the problem is convex)."""
    keep = data.group != left_out
    rows, labels, importance = data.rows[keep], data.labels[keep], data.importance[keep]
    theta = np.zeros(rows.shape[1]) if start is None else np.append(start.weights, start.bias)
    ridge = np.append(np.full(len(theta) - 1, RIDGE), 1e-6)
    for _ in range(_STEPS):
        story = 1 / (1 + np.exp(-np.clip(rows @ theta.astype(np.float32), -30, 30)))
        gradient = rows.T @ (importance * (story - labels)) + ridge * theta
        curvature = importance * np.maximum(story * (1 - story), 1e-4)
        step = np.linalg.solve((rows * curvature[:, None]).T @ rows + np.diag(ridge), gradient)
        theta = theta - step
        if np.abs(step).max() < _CONVERGED:
            break
    return PageModel(data.names, data.means, data.scales, theta[:-1], float(theta[-1]))
