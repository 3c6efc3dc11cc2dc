"""Fit the page model: one hidden layer, by Adam, in numpy alone; the mean of a few fits, as one swings by its seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.examples import Example
from pipeline.clean.model import REACH, PageModel

Array = NDArray[np.float32]

_FITS, _UNITS = 4, 16
_EPOCHS, _BATCH, _RATE, _DECAY, _DROPPED = 8, 512, 3e-3, 3e-3, 0.3
_MOMENTUM, _SCALING = 0.9, 0.99

# What other features are built from, and raw lengths, which have no scale of their own.
_INTERNAL = frozenset(("weight", "length", "thai-like"))


@dataclass(frozen=True, slots=True)
class Design:
    """All labelled lines of all examples, standardised."""

    names: tuple[str, ...]
    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    rows: Array
    labels: Array
    importance: Array


def design(examples: Sequence[Example]) -> Design:
    """Stack the labelled lines of the examples."""
    names = tuple(name for name in examples[0].table if name not in _INTERNAL)
    known = [example.labels >= 0 for example in examples]
    rows = np.concatenate(
        [np.stack([e.table[name][k] for name in names], axis=1) for e, k in zip(examples, known, strict=True)]
    )
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    importance = np.repeat([e.importance for e in examples], [int(k.sum()) for k in known])
    return Design(
        names,
        means,
        scales,
        np.clip((rows - means) / scales, -REACH, REACH).astype(np.float32),
        np.concatenate([e.labels[k] for e, k in zip(examples, known, strict=True)]).astype(np.float32),
        (importance / importance.mean()).astype(np.float32),
    )


def fit(data: Design, seed: int = 0) -> PageModel:
    """Fit all lines; the same lines and seed give the same model on the same machine."""
    fits = [_fit(data, seed + number) for number in range(_FITS)]
    into, shifts, out, direct, bias = ([parts[number] for parts in fits] for number in range(5))
    return PageModel(
        data.names,
        data.means,
        data.scales,
        np.mean(direct, axis=0, dtype=np.float64),
        float(np.mean(bias)),
        np.hstack(into).astype(np.float64),
        np.concatenate(shifts).astype(np.float64),
        np.concatenate(out).astype(np.float64) / _FITS,
    )


def _fit(data: Design, seed: int) -> list[Array]:
    """Return the weights into the units, their shifts, the weights out of them, the direct weights and the bias.

    Adam (Kingma and Ba, 2015) with a rate that falls as a half cosine; in each step three tenths of the features are
    left out, so that no line is told by one of them alone.
    """
    chance = np.random.default_rng(seed)
    features = data.rows.shape[1]
    parts = [
        chance.normal(size=(features, _UNITS)) / features**0.5,
        np.zeros(_UNITS),
        chance.normal(size=_UNITS) / 10,
        np.zeros(features),
        np.zeros(1),
    ]
    weights: list[Array] = [part.astype(np.float32) for part in parts]
    speed, size = [np.zeros_like(part) for part in weights], [np.zeros_like(part) for part in weights]
    steps = _EPOCHS * (len(data.rows) // _BATCH + 1)
    for step, lines in enumerate(_batches(len(data.rows), chance), 1):
        left = (chance.random((1, features)) > _DROPPED).astype(np.float32) / (1 - _DROPPED)
        rate = _RATE * (1 + np.cos(np.pi * step / steps)) / 2
        slopes = _slopes(weights, data.rows[lines] * left, data.labels[lines], data.importance[lines])
        for number, slope in enumerate(slopes):
            speed[number] = _MOMENTUM * speed[number] + (1 - _MOMENTUM) * slope
            size[number] = _SCALING * size[number] + (1 - _SCALING) * slope**2
            ahead = speed[number] / (1 - _MOMENTUM**step)
            weights[number] -= rate * ahead / (np.sqrt(size[number] / (1 - _SCALING**step)) + 1e-6)
    return weights


def _batches(lines: int, chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    for _ in range(_EPOCHS):
        yield from np.array_split(chance.permutation(lines), lines // _BATCH + 1)


def _slopes(weights: Sequence[Array], rows: Array, labels: Array, importance: Array) -> list[Array]:
    """Return the gradient of the weighted log loss and of the ridge, part by part."""
    into, shifts, out, direct, bias = weights
    units = rows @ into + shifts
    active = np.maximum(units, 0)
    story = 1 / (1 + np.exp(-np.clip(active @ out + rows @ direct + bias, -30, 30)))
    error = importance * (story - labels) / len(rows)
    back = error[:, None] * out * (units > 0)
    return [
        rows.T @ back + _DECAY * into,
        back.sum(axis=0),
        active.T @ error + _DECAY * out,
        rows.T @ error + _DECAY * direct,
        error.sum(keepdims=True),
    ]
