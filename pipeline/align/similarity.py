"""Similarities that can be compared across sentences: margins over the neighbourhood, gaps to the runner-up."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.encode import Matrix

NEIGHBOURS = 3


class Similarity(NamedTuple):
    """Sentence against sentence, each of shape (n, m)."""

    cosine: Matrix
    margin: Matrix
    gap: Matrix
    diagonal: Matrix


def compare(a: Matrix, b: Matrix) -> Similarity:
    """Compare each row of `a` with each row of `b`."""
    cosine = a @ b.T
    margin = margins(cosine)
    return Similarity(cosine, margin, gaps(margin), diagonals(margin))


def margins(cosine: Matrix) -> Matrix:
    """Subtract how alike each side is to its nearest neighbours on the other: CSLS (Conneau et al. 2018)."""
    by_row = _top_mean(cosine)
    by_column = _top_mean(cosine.T)
    return np.asarray(2 * cosine - by_row[:, None] - by_column[None, :], dtype=np.float32)


def gaps(margin: Matrix) -> Matrix:
    """Return how far each cell stands above the best other cell of its row and of its column, the lesser of both."""
    return np.minimum(_lead(margin), _lead(margin.T).T)


def diagonals(margin: Matrix) -> Matrix:
    """Return the better of the two cells that continue a monotone alignment through each cell; -1 at the rim."""
    n, m = margin.shape
    padded = np.full((n + 2, m + 2), -1.0, dtype=np.float32)
    padded[1:-1, 1:-1] = margin
    return np.maximum(padded[:-2, :-2], padded[2:, 2:])


def _top_mean(cosine: npt.NDArray[np.float32]) -> Matrix:
    k = min(NEIGHBOURS, cosine.shape[1])
    top = np.partition(cosine, cosine.shape[1] - k, axis=1)[:, -k:]
    return np.asarray(top.mean(axis=1), dtype=np.float32)


def _lead(margin: npt.NDArray[np.float32]) -> Matrix:
    if margin.shape[1] == 1:
        return np.asarray(margin.copy(), dtype=np.float32)
    top = np.partition(margin, margin.shape[1] - 2, axis=1)[:, -2:]
    runner_up, best = top[:, :1], top[:, 1:]
    return np.asarray(np.where(margin == best, margin - runner_up, margin - best), dtype=np.float32)
