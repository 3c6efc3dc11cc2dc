"""The dynamic programme of monotone many-to-many alignment, within a band, one antidiagonal at a time."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Shape = tuple[int, int]
Rung = tuple[tuple[int, ...], tuple[int, ...]]
Cells = npt.NDArray[np.intp]
Values = npt.NDArray[np.float64]
Score = Callable[[Shape, Cells, Cells], Values]

LOW = -1e9


def best_path(  # noqa: PLR0917 - the inputs of one recurrence
    n: int, m: int, shapes: tuple[Shape, ...], score: Score, skip: float, band: tuple[Cells, Cells]
) -> list[Rung]:
    """Return the best monotone segmentation of n units against m into beads and deletions.

    `score(shape, i, j)` scores beads of one shape that end before rows i and columns j (both arrays); `skip` is the
    price of leaving out one unit; `band` gives, for each antidiagonal i + j, the first and last row considered.
    Takes time proportional to the band's area: cells of one antidiagonal are computed together.
    """
    lows, highs = band
    width = int((highs - lows).max()) + 1
    values = np.full((n + m + 1, width), LOW)
    moves = np.zeros((n + m + 1, width), dtype=np.int8)
    steps: tuple[Shape, ...] = ((1, 0), (0, 1), *shapes)
    values[0, 0] = 0.0
    for diagonal in range(1, n + m + 1):
        rows = np.arange(lows[diagonal], highs[diagonal] + 1)
        columns = diagonal - rows
        best = np.full(len(rows), LOW)
        chosen = np.zeros(len(rows), dtype=np.int8)
        for move, (a, b) in enumerate(steps):
            total = _reach(values, lows, highs, rows - a, columns - b)
            gain = skip if 0 in (a, b) else score((a, b), rows, columns)
            total = np.where(total > LOW / 2, total + gain, LOW)
            better = total > best
            best[better], chosen[better] = total[better], move
        values[diagonal, : len(rows)], moves[diagonal, : len(rows)] = best, chosen
    return _trace(n, m, moves, lows, steps)


def _reach(values: Values, lows: Cells, highs: Cells, rows: Cells, columns: Cells) -> Values:
    diagonal = int(rows[0] + columns[0])
    if diagonal < 0:
        return np.full(len(rows), LOW)
    inside = (rows >= lows[diagonal]) & (rows <= highs[diagonal]) & (columns >= 0)
    return np.asarray(np.where(inside, values[diagonal, np.where(inside, rows - lows[diagonal], 0)], LOW))


def _trace(n: int, m: int, moves: npt.NDArray[np.int8], lows: Cells, steps: tuple[Shape, ...]) -> list[Rung]:
    rungs: list[Rung] = []
    i, j = n, m
    while i or j:
        a, b = steps[moves[i + j, i - lows[i + j]]]
        rungs.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return rungs[::-1]


def whole_band(n: int, m: int) -> tuple[Cells, Cells]:
    """Return the band that leaves nothing out."""
    diagonals = np.arange(n + m + 1)
    return np.maximum(0, diagonals - m), np.minimum(n, diagonals)


def band_around(rungs: list[Rung], n: int, m: int, scale: int, margin: int) -> tuple[Cells, Cells]:
    """Return the band of `margin` rows around a coarse path whose units are `scale` fine ones."""
    corners = [(0, 0)]
    for left, right in rungs:
        i, j = corners[-1]
        corners.append((i + len(left), j + len(right)))
    fine = np.minimum(np.array(corners) * scale, (n, m))
    fine[-1] = n, m
    sums, first = np.unique(fine.sum(axis=1), return_index=True)
    centre = np.interp(np.arange(n + m + 1), sums, fine[first, 0])
    low, high = whole_band(n, m)
    lows = np.maximum(low, np.floor(centre).astype(np.intp) - margin)
    highs = np.minimum(high, np.ceil(centre).astype(np.intp) + margin)
    return np.asarray(np.minimum(lows, high)), np.asarray(np.maximum(highs, low))
