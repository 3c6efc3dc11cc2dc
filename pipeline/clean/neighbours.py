"""Neighbourhoods on arrays of lines, many pages at once: none reaches over the edge of a page, all are linear.

Lines lie on the last axis. Sums run over the whole batch, so the values of windows and shares must be `exact`: then a
page's numbers do not depend on the pages that are judged with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Lines = NDArray[np.int64]

FAR = 60
_UNIT = 2.0**20  # sums of up to 2^33 of such fractions have no rounding


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the pages of a batch begin; of each line its number, its page, that page's first line and its end."""

    starts: Lines
    counts: Lines
    line: Lines
    page: Lines
    first: Lines
    end: Lines


def lay_out(counts: Sequence[int]) -> Layout:
    """Lay out pages of so many lines, none of them empty."""
    n = np.array(counts, dtype=np.int64)
    starts = np.cumsum(n) - n
    return Layout(
        starts,
        n,
        np.arange(int(n.sum())),
        np.repeat(np.arange(len(n)), n),
        np.repeat(starts, n),
        np.repeat(starts + n, n),
    )


def exact(values: Column) -> Column:
    """Round values to fractions whose sums have no rounding."""
    rounded: Column = np.rint(values * _UNIT) / _UNIT
    return rounded


def shift(values: Column, step: int, fill: float, layout: Layout) -> Column:
    """Return each line's neighbour `step` lines above (below, if negative); `fill` where the page ends."""
    at = layout.line - step
    out: Column = values.take(at, axis=-1, mode="clip")
    out[..., (at < layout.first) if step > 0 else (at >= layout.end)] = fill
    return out


def window(values: Column, layout: Layout, *, before: int = 0, after: int = 0) -> Column:
    """Return the mean over the lines before or after each line, itself excluded; 0 where there are none."""
    total = _running_total(values)
    low, high = _bounds(layout, before, after)
    mean: Column = (total.take(high, axis=-1) - total.take(low, axis=-1) - values) / np.maximum(high - low - 1, 1)
    return mean


def running(values: Column, reach: int, layout: Layout) -> Column:
    """Return the mean over each line and `reach` lines on either side."""
    total = _running_total(values)
    low, high = _bounds(layout, reach, reach)
    mean: Column = (total.take(high, axis=-1) - total.take(low, axis=-1)) / (high - low)
    return mean


def _bounds(layout: Layout, before: int, after: int) -> tuple[Lines, Lines]:
    return np.maximum(layout.first, layout.line - before), np.minimum(layout.end, layout.line + after + 1)


def _running_total(values: Column) -> Column:
    total = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=total[..., 1:])
    return total


def distances(flags: NDArray[np.bool_], layout: Layout) -> tuple[Column, Column]:
    """Return the lines to the last flag at or before each line, and to the next at or after it; at most `FAR`."""
    lines = layout.line
    last = np.maximum.accumulate(np.where(flags, lines, -1))
    following = np.minimum.accumulate(np.where(flags, lines, len(lines))[::-1])[::-1]
    before = np.where(last >= layout.first, np.minimum(lines - last, FAR), FAR)
    after = np.where(following < layout.end, np.minimum(following - lines, FAR), FAR)
    return before.astype(float), after.astype(float)


def shares(values: Column, layout: Layout) -> tuple[Column, Column]:
    """Return the shares of the page's total that stand above and below each line."""
    total = _running_total(values)
    whole = np.maximum(total[layout.end] - total[layout.first], 1.0)
    return (total[:-1] - total[layout.first]) / whole, (total[layout.end] - total[1:]) / whole


def page_means(values: Column, layout: Layout) -> Column:
    """Return the mean over each line's page."""
    means: Column = np.bincount(layout.page, values, len(layout.starts)) / layout.counts
    return means[layout.page]


def page_medians(values: Column, chosen: NDArray[np.bool_], layout: Layout) -> Column:
    """Return the median over the chosen lines of each line's page, over all of them where none is chosen."""
    some = np.bincount(layout.page, chosen, len(layout.starts)) > 0
    taken = chosen | ~some[layout.page]
    page, kept = layout.page[taken], values[taken]
    ordered = kept[np.lexsort((kept, page))]
    n = np.bincount(page, minlength=len(layout.starts))
    start = np.cumsum(n) - n
    medians: Column = (ordered[start + (n - 1) // 2] + ordered[start + n // 2]) / 2
    return medians[layout.page]


def densest(values: Column, layout: Layout) -> tuple[Lines, Lines]:
    """Return the first and last line of each page's stretch with the greatest sum (Kadane's maximum subarray)."""
    total = _running_total(values)
    above, until = total[:-1] - total[layout.first], total[1:] - total[layout.first]
    # Each page lies lower than all before it, so that no minimum is carried over an edge.
    drop = layout.page * (1.0 + np.ceil(above.max() - above.min()))
    least = np.minimum.accumulate(above - drop) + drop
    gain = until - least
    last = _first_where(gain == np.maximum.reduceat(gain, layout.starts)[layout.page], layout)
    return _first_where(above == least[last][layout.page], layout), last


def _first_where(flags: NDArray[np.bool_], layout: Layout) -> Lines:
    """Return the first flagged line of each page; every page has one."""
    at = np.flatnonzero(flags)
    return at[np.searchsorted(at, layout.starts)]
