"""Runs of units: the same vectors however they are cut into blocks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import runs as module
from pipeline.align.monotone import likely
from pipeline.align.runs import Runs
from pipeline.encode.space import unit


def some(n, seed=0):
    random = np.random.default_rng(seed)
    return unit(random.normal(size=(n, 8)).astype(np.float32)), random.uniform(1, 50, n)


def slow(rows, lengths, k, last):
    """The vector of one run, as its definition says."""
    if last < k - 1:
        return np.zeros(rows.shape[1])
    chosen = slice(last - k + 1, last + 1)
    return unit((rows[chosen] * np.sqrt(lengths[chosen])[:, None]).sum(axis=0, keepdims=True))[0]


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 11), st.integers(1, 12))
def test_a_run_is_the_weighted_sum_of_its_units_in_whatever_block_it_is_made(n, k, start, size):
    rows, lengths = some(n)
    made = Runs(rows, lengths)
    start, stop = min(start, n - 1), min(n, min(start, n - 1) + size)
    if k <= made.longest:
        known = [slow(rows, lengths, k, last) if k > 1 else rows[last] for last in range(start, stop)]
        assert np.allclose(made.vectors(k, start, stop), known, atol=1e-6)


def test_the_mean_of_a_long_text_is_taken_out_of_units_and_of_texts_alike():
    rows, lengths = some(60)
    runs = Runs(unit(rows + 3), lengths, ["a"] * 60)
    assert abs(float(runs.vectors(1, 0, 60).mean())) < 0.05
    assert np.array_equal(runs.recentred(unit(rows + 3)), runs.vectors(1, 0, 60))
    assert np.array_equal(runs.sample(), runs.vectors(1, 0, 60))


def test_the_vector_of_a_text_takes_the_place_of_a_sum():
    rows, lengths = some(10)
    runs = Runs(rows, lengths)
    before = runs.vectors(2, 3, 8).copy()
    runs.encode(2, [2, 4, 7, 9], rows[:4])
    after = runs.vectors(2, 3, 8)
    assert np.array_equal(after[[1, 4]], rows[[1, 2]])
    assert np.array_equal(after[[0, 2, 3]], before[[0, 2, 3]])
    assert np.array_equal(runs.vectors(2, 9, 10), rows[3:4])


@pytest.mark.parametrize("size", [4, 8, 64])
def test_blocks_change_nothing(size, monkeypatch):
    (rows, lengths), (others, more) = some(50), some(40, 1)
    whole = Runs(rows, lengths), Runs(others, more)
    whole[0].against(whole[1])
    places = [min(39, i) for i in range(50)]
    found = likely(whole[0], 3, whole[1], places)
    assert found
    monkeypatch.setattr(module, "BLOCK", size)
    monkeypatch.setattr(module.blocks, "__defaults__", (size,))
    cut = Runs(rows, lengths), Runs(others, more)
    cut[0].against(cut[1])
    assert np.allclose(cut[0].usual, whole[0].usual, atol=1e-6)
    assert likely(cut[0], 3, cut[1], places) == found
    assert np.allclose(cut[0].thinned(4).vectors(2, 0, 13), whole[0].thinned(4).vectors(2, 0, 13), atol=1e-6)
