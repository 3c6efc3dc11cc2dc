"""Find each article's nearest others through an index, without comparing everyone with everyone."""

import numpy as np
import numpy.typing as npt

from pipeline.encode import Matrix

EXACT = 4096  # articles up to which comparing all is faster than an index
BLOCK = 256  # rows compared at once, which bounds the memory
PROBES = 3  # cells that an article is filed in and looked up in

Neighbours = list[npt.NDArray[np.intp]]


def neighbours(rows: Matrix, k: int) -> Neighbours:
    """Return the k nearest other rows of each row, nearest first; ties go to the lower row."""
    if len(rows) <= EXACT:
        return [found for start in range(0, len(rows), BLOCK) for found in _nearest(rows, start, k)]
    return _through_cells(rows, k)


def _nearest(rows: Matrix, start: int, k: int) -> Neighbours:
    similarity = rows[start : start + BLOCK] @ rows.T
    similarity[np.arange(len(similarity)), start + np.arange(len(similarity))] = -np.inf
    least = np.partition(similarity, -k, axis=1)[:, -k] if k < len(rows) else np.full(len(similarity), -np.inf)
    return [_first(row, np.flatnonzero(row >= bound), k) for row, bound in zip(similarity, least, strict=True)]


def _first(similarity: Matrix, pool: npt.NDArray[np.intp], k: int) -> npt.NDArray[np.intp]:
    """Return the k nearest of a pool that ascends, without the row itself."""
    return pool[np.argsort(-similarity[pool], kind="stable")][: min(k, len(similarity) - 1)]


def _through_cells(rows: Matrix, k: int) -> Neighbours:
    """Search an inverted file (Sivic & Zisserman 2003): cells around evenly spaced rows, a few probed for each row."""
    seeds = rows[:: max(1, int(np.sqrt(len(rows)) / 2))]
    nearest = [
        np.argsort(-(rows[start : start + BLOCK] @ seeds.T), axis=1, kind="stable")[:, :PROBES]
        for start in range(0, len(rows), BLOCK)
    ]
    cells = np.concatenate(nearest)
    members: list[list[int]] = [[] for _ in seeds]
    for row, probed in enumerate(cells):
        for cell in probed:
            members[cell].append(row)
    return [_within(rows, row, probed, members, k) for row, probed in enumerate(cells)]


def _within(
    rows: Matrix, row: int, probed: npt.NDArray[np.intp], members: list[list[int]], k: int
) -> npt.NDArray[np.intp]:
    pool = np.array(sorted({other for cell in probed for other in members[cell]} - {row}), dtype=np.intp)
    similarity = rows[pool] @ rows[row]
    return np.asarray(pool[np.argsort(-similarity, kind="stable")[:k]])
