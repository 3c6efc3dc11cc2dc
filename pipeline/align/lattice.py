"""The dynamic programme of monotone many-to-many alignment, within a band, one antidiagonal at a time."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Shape = tuple[int, int]
Rung = tuple[tuple[int, ...], tuple[int, ...]]
Cells = npt.NDArray[np.intp]
Values = npt.NDArray[np.float64]
Score = Callable[[Shape, Cells, Cells], Values]

CELLS = 1 << 13
"""Cells scored at a time: enough for one call to pay, few enough to stay in a processor's cache."""
UNREACHED = -np.inf


def best_path(  # noqa: PLR0917 - the inputs of one recurrence
    n: int, m: int, shapes: tuple[Shape, ...], score: Score, skip: float, band: tuple[Cells, Cells]
) -> list[Rung]:
    """Return the best monotone segmentation of n units against m into beads and deletions.

    `score(shape, i, j)` scores beads of one shape that end before rows i and columns j (both arrays); `skip` is the
    price of leaving out one unit; `band` gives, for each antidiagonal i + j, the first and last row considered.
    Takes time proportional to the band's area, and a byte of memory for each of its cells.
    """
    lows, highs = band
    width = int((highs - lows).max()) + 1
    steps: tuple[Shape, ...] = ((1, 0), (0, 1), *shapes)
    back = np.array([a + b for a, b in steps])
    ring = int(back.max()) + 1
    values = np.full((ring, width + 2), UNREACHED)  # the last antidiagonals, unreached at both sides
    values[0, 1] = 0.0
    moves = np.zeros((n + m + 1, width), dtype=np.int8)
    depth = max(1, CELLS // width)
    for start in range(1, n + m + 1, depth):
        diagonals = np.arange(start, min(start + depth, n + m + 1))
        rows = lows[diagonals][:, None] + np.arange(width)
        there = rows <= highs[diagonals][:, None]
        gains = _gains(steps, score, skip, (rows, diagonals[:, None] - rows), there)
        origins = _origins(steps, lows, diagonals, width)
        before = (diagonals[:, None] - back)[:, :, None] % ring
        for at, diagonal in enumerate(diagonals.tolist()):
            total = values[before[at], origins[at]] + gains[:, at]
            moves[diagonal] = total.argmax(axis=0)
            values[diagonal % ring, 1:-1] = np.where(there[at], total.max(axis=0), UNREACHED)
    return _trace(n, m, moves, lows, steps)


def _gains(
    steps: tuple[Shape, ...], score: Score, skip: float, cells: tuple[Cells, Cells], there: npt.NDArray[np.bool_]
) -> Values:
    """Return what each step into each cell adds: (steps, antidiagonals, width)."""
    gains = np.full((len(steps), *there.shape), skip)
    rows, columns = (cell[there] for cell in cells)
    for number, step in enumerate(steps):
        if 0 not in step:
            gains[number][there] = score(step, rows, columns)
    return gains


def _origins(steps: tuple[Shape, ...], lows: Cells, diagonals: Cells, width: int) -> Cells:
    """Return where each step into each cell comes from on its antidiagonal: (antidiagonals, steps, width).

    The first and the last place of an antidiagonal are those outside the band.
    """
    down = np.array([a for a, _ in steps])
    before = np.maximum(0, diagonals[:, None] - np.array([a + b for a, b in steps]))
    shift = lows[diagonals][:, None] - down - lows[before] + 1
    return np.asarray(np.clip(shift[:, :, None] + np.arange(width), 0, width + 1))


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
