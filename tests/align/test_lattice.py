from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.lattice import Lattice, band_around, whole_band

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2))


def brute(n, m, table, skip):
    best = {(0, 0): 0.0}
    for i in range(n + 1):
        for j in range(m + 1):
            if i or j:
                options = [best[i - 1, j] + skip] if i else []
                options += [best[i, j - 1] + skip] if j else []
                options += [best[i - a, j - b] + table[a, b][i, j] for a, b in SHAPES if i >= a and j >= b]
                best[i, j] = max(options)
    return best[n, m]


def value(rungs, table, skip):
    total, i, j = 0.0, 0, 0
    for left, right in rungs:
        i, j = i + len(left), j + len(right)
        total += table[len(left), len(right)][i, j] if left and right else skip
    return total


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 2**32 - 1), st.sampled_from([-0.1, -0.5]))
def test_the_path_is_the_best_there_is_and_covers_everything(n, m, seed, skip):
    random = np.random.default_rng(seed)
    table = {shape: random.normal(size=(n + 1, m + 1)) for shape in SHAPES}
    rungs = Lattice(n, m, SHAPES, lambda shape, i, j: table[shape][i, j], skip, whole_band(n, m)).best_path()
    assert [i for left, _ in rungs for i in left] == list(range(n))
    assert [j for _, right in rungs for j in right] == list(range(m))
    assert np.isclose(value(rungs, table, skip), brute(n, m, table, skip))


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 5), st.integers(0, 6))
def test_a_band_is_connected_and_holds_both_corners(n, m, scale, margin):
    a, b = -(-n // scale), -(-m // scale)
    coarse = [((i,), (i,)) for i in range(min(a, b))]
    coarse += [((i,), ()) for i in range(min(a, b), a)] + [((), (j,)) for j in range(min(a, b), b)]
    lows, highs = band_around(coarse, n, m, scale, margin)
    low, high = whole_band(n, m)
    assert (lows <= highs).all()
    assert (lows >= low).all()
    assert (highs <= high).all()
    assert (lows[0], highs[-1]) == (0, n)
    assert all(after <= before + 1 for before, after in pairwise(lows))
