"""The dynamic programme of monotone many-to-many alignment, within a band, one antidiagonal at a time."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Shape = tuple[int, int]
Rung = tuple[tuple[int, ...], tuple[int, ...]]
Cells = npt.NDArray[np.intp]
Values = npt.NDArray[np.float64]
Score = Callable[[Shape, Cells, Cells], Values]

CELLS = 1 << 13
"""Cells scored at a time: enough for one call to pay, few enough to stay in a processor's cache."""
DEEP = 16  # antidiagonals scored at a time, for each row of the band: more make a square of which little is asked
UNREACHED = -np.inf


class Lattice(NamedTuple):
    """All monotone segmentations of n units against m into beads and deletions.

    `score(shape, i, j)` scores beads of one shape that end before rows i and columns j (both arrays); `skip` is what
    leaving out one unit adds; `band` gives, for each antidiagonal i + j, the first and last row considered.
    """

    n: int
    m: int
    shapes: tuple[Shape, ...]
    score: Score
    skip: float
    band: tuple[Cells, Cells]

    @property
    def width(self) -> int:
        """The most rows that the band has on an antidiagonal."""
        return int((self.band[1] - self.band[0]).max()) + 1

    @property
    def steps(self) -> tuple[Shape, ...]:
        """Deletions and the shapes of beads."""
        return ((1, 0), (0, 1), *self.shapes)

    def best_path(self) -> list[Rung]:
        """Return the segmentation with the greatest sum, in time and bytes proportional to the band's area."""
        moves = np.zeros((self.n + self.m + 1, self.width), dtype=np.int8)

        def settle(diagonal: int, total: Values) -> Values:
            moves[diagonal] = total.argmax(axis=0)
            return np.asarray(total.max(axis=0))

        self._sweep(settle)
        return _trace(self.n, self.m, moves, self.band[0], self.steps)

    def log_sums(self) -> Values:
        """Return, by antidiagonal and place in the band, the logarithm of the sum of exp(sum of a segmentation).

        That is over all segmentations of what lies before the cell. Takes eight bytes for each cell of the band.
        """
        sums = np.full((self.n + self.m + 1, self.width), UNREACHED)
        sums[0, 0] = 0.0

        def settle(diagonal: int, total: Values) -> Values:
            sums[diagonal] = np.logaddexp.reduce(total, axis=0)
            return np.asarray(sums[diagonal])

        self._sweep(settle)
        return sums

    def backwards(self) -> "Lattice":
        """Return the same segmentations read from their end."""
        n, m, score = self.n, self.m, self.score
        lows, highs = self.band

        def seen(shape: Shape, i: Cells, j: Cells) -> Values:
            return score(shape, np.minimum(n, n - i + shape[0]), np.minimum(m, m - j + shape[1]))

        return self._replace(score=seen, band=(n - highs[::-1], n - lows[::-1]))

    def tabled(self) -> "Lattice":
        """Return the same segmentations with every score kept: for sums that ask for each more than once.

        Takes eight bytes for each shape and cell of the band.
        """
        kept = {shape: np.full((self.n + self.m + 1, self.width), UNREACHED) for shape in self.shapes}
        for diagonals, rows, there in self._tiles():
            ends = rows[there], (diagonals[:, None] - rows)[there]
            for shape, table in kept.items():
                table[diagonals[0] : diagonals[-1] + 1][there] = self.score(shape, *ends)

        def looked_up(shape: Shape, i: Cells, j: Cells) -> Values:
            return self.look_up(kept[shape], i, j)

        return self._replace(score=looked_up)

    def look_up(self, table: Values, i: Cells, j: Cells) -> Values:
        """Return what a table by antidiagonal and place in the band holds of cells; -inf for those outside."""
        diagonals, places, inside = self.places(i, j)
        return np.where(inside, table[diagonals, places], UNREACHED)

    def places(self, i: Cells, j: Cells) -> tuple[Cells, Cells, npt.NDArray[np.bool_]]:
        """Return the antidiagonals of cells, their places in the band, and whether they lie in it."""
        lows, highs = self.band
        diagonals = np.clip(i + j, 0, self.n + self.m)
        inside = (np.minimum(i, j) >= 0) & (i >= lows[diagonals]) & (i <= highs[diagonals])
        return diagonals, np.where(inside, i - lows[diagonals], 0), inside

    def _sweep(self, settle: Callable[[int, Values], Values]) -> None:
        """Walk over the antidiagonals: `settle` turns what each step adds up to, (steps, width), into their values."""
        width, steps, lows = self.width, self.steps, self.band[0]
        back = np.array([a + b for a, b in steps])
        ring = int(back.max()) + 1
        values = np.full((ring, width + 2), UNREACHED)  # the last antidiagonals, unreached at both sides
        values[0, 1] = 0.0
        for diagonals, rows, there in self._tiles():
            gains = _gains(steps, self.score, self.skip, (rows, diagonals[:, None] - rows), there)
            origins = _origins(steps, lows, diagonals, width)
            before = (diagonals[:, None] - back)[:, :, None] % ring
            for at, diagonal in enumerate(diagonals.tolist()):
                total = values[before[at], origins[at]] + gains[:, at]
                values[diagonal % ring, 1:-1] = np.where(there[at], settle(diagonal, total), UNREACHED)

    def _tiles(self) -> Iterator[tuple[Cells, Cells, npt.NDArray[np.bool_]]]:
        """Yield antidiagonals, as many as are scored at a time, the rows of their places, and which lie in the band."""
        lows, highs = self.band
        end, width = self.n + self.m + 1, self.width
        depth = max(1, min(CELLS // width, DEEP * width))
        for start in range(1, end, depth):
            diagonals = np.arange(start, min(start + depth, end))
            rows = lows[diagonals][:, None] + np.arange(width)
            yield diagonals, rows, rows <= highs[diagonals][:, None]


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
