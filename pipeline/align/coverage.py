"""How far the sentences of two units find each other: what a unit says must be said in its partner somewhere."""

import numpy as np

from pipeline.align.side import Side
from pipeline.encode import Matrix


def coverage(a: Side, b: Side, cosine: Matrix) -> Matrix:
    """Return, for every pair of units, how alike each sentence is to the nearest of the other unit.

    `cosine` compares sentences. The mean over the sentences of a unit, by their length, and over both units; shape
    (units of a, units of b).
    """
    return np.asarray((_covered(a, b, cosine) + _covered(b, a, cosine.T).T) / 2, dtype=np.float32)


def _covered(a: Side, b: Side, cosine: Matrix) -> Matrix:
    nearest = np.maximum.reduceat(cosine, _starts(b), axis=1)
    lengths = a.lengths(a.sentences)[:, None]
    starts = _starts(a)
    return np.asarray(np.add.reduceat(nearest * lengths, starts) / np.add.reduceat(lengths, starts), dtype=np.float32)


def _starts(side: Side) -> list[int]:
    """Return where the sentences of each unit begin; a unit has one at least."""
    return [int(start) for start in np.searchsorted(side.owner, np.arange(len(side.texts)))]
