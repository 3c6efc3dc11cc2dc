"""Neighbourhoods on arrays: every function is linear in the number of lines."""

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

FAR = 60


def shift(values: Column, step: int, fill: float) -> Column:
    """Return each line's neighbour `step` lines above (below, if negative); `fill` where the page ends."""
    out = np.full(len(values), fill)
    if 0 < step < len(values):
        out[step:] = values[:-step]
    elif -len(values) < step < 0:
        out[:step] = values[-step:]
    return out


def window(values: Column, *, before: int = 0, after: int = 0) -> Column:
    """Return the mean over the lines before or after each line, itself excluded; 0 where there are none."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    lines = np.arange(len(values))
    low, high = np.maximum(0, lines - before), np.minimum(len(values), lines + after + 1)
    mean: Column = (total[high] - total[low] - values) / np.maximum(high - low - 1, 1)
    return mean


def running(values: Column, reach: int) -> Column:
    """Return the mean over each line and `reach` lines on either side."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    lines = np.arange(len(values))
    low, high = np.maximum(0, lines - reach), np.minimum(len(values), lines + reach + 1)
    mean: Column = (total[high] - total[low]) / (high - low)
    return mean


def distances(flags: NDArray[np.bool_]) -> tuple[Column, Column]:
    """Return the lines to the last flag at or before each line, and to the next at or after it; at most `FAR`."""
    lines = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, lines, -(10**9)))
    following = np.minimum.accumulate(np.where(flags, lines, 10**9)[::-1])[::-1]
    return np.minimum(lines - last, FAR).astype(float), np.minimum(following - lines, FAR).astype(float)


def share_before(values: Column) -> Column:
    """Return the share of the page's total that stands above each line."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    share: Column = total[:-1] / max(total[-1], 1.0)
    return share


def densest(values: Column) -> tuple[int, int]:
    """Return the first and last line of the stretch with the greatest sum (Kadane's maximum subarray)."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    gain = total[1:] - np.minimum.accumulate(total[:-1])
    last = int(np.argmax(gain))
    return int(np.argmin(total[: last + 1])), last
