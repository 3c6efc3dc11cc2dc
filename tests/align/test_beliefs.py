"""Probabilities over all segmentations, beside an enumeration of them."""

import math
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.beliefs import Beliefs
from pipeline.align.lattice import Lattice, whole_band

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2))


def segmentations(i, j):
    """Yield every way to cut i units against j into beads and deletions: the ends and the shape of each."""
    if not i and not j:
        yield ()
    for a, b in (*SHAPES, (1, 0), (0, 1)):
        if a <= i and b <= j:
            for rest in segmentations(i - a, j - b):
                yield (*rest, (i, j, a, b))


def drawn(n, m, seed, skip):
    random = np.random.default_rng(seed)
    table = {shape: random.normal(size=(n + 1, m + 1)) for shape in SHAPES}
    lattice = Lattice(n, m, SHAPES, lambda shape, i, j: table[shape][i, j], skip, whole_band(n, m))
    weights = {
        beads: math.exp(sum(table[a, b][i, j] if a and b else skip for i, j, a, b in beads))
        for beads in segmentations(n, m)
    }
    total = sum(weights.values())
    return lattice, {beads: weight / total for beads, weight in weights.items()}


def probability(of, bead):
    return sum(weight for beads, weight in of.items() if bead in beads)


@settings(deadline=None)
@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2**32 - 1), st.sampled_from([-0.1, -2.0]))
def test_a_bead_is_as_probable_as_the_segmentations_that_hold_it(n, m, seed, skip):
    lattice, of = drawn(n, m, seed, skip)
    beliefs = Beliefs(lattice)
    for i, j, a, b in {bead for bead in chain.from_iterable(of) if bead[2] and bead[3]}:
        found = beliefs.of((a, b), np.array([i]), np.array([j]))[0]
        assert found == pytest.approx(probability(of, (i, j, a, b)), abs=1e-9)


@settings(deadline=None)
@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2**32 - 1), st.sampled_from([0.1, 0.4, 0.7]))
def test_what_is_kept_is_the_most_probable_above_the_threshold(n, m, seed, threshold):
    lattice, of = drawn(n, m, seed, -0.5)

    def worth(beads):
        return sum(probability(of, bead) - threshold for bead in beads if bead[2] and bead[3])

    kept, i, j = [], 0, 0
    for left, right in Beliefs(lattice).most_right(threshold):
        i, j = i + len(left), j + len(right)
        kept.append((i, j, len(left), len(right)))
    assert (i, j) == (n, m)
    assert worth(kept) == pytest.approx(max(map(worth, of)), abs=1e-9)
    assert all(probability(of, bead) > threshold - 1e-9 for bead in kept if bead[2] and bead[3])


def test_what_lies_outside_the_band_is_not_believed():
    sums, (low, high) = np.arange(9), whole_band(4, 4)
    band = np.maximum(low, sums // 2 - 1), np.minimum(high, sums // 2 + 1)
    beliefs = Beliefs(Lattice(4, 4, SHAPES, lambda _, i, __: np.zeros(len(i)), -1.0, band))
    inside, outside = beliefs.of((1, 1), np.array([2, 4]), np.array([2, 1]))
    assert inside > outside == 0.0
