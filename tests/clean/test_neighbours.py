"""Neighbourhoods of lines: each page for itself, whatever stands beside it in the batch."""

from itertools import pairwise
from statistics import fmean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.neighbours import (
    FAR,
    densest,
    distances,
    exact,
    lay_out,
    page_means,
    page_medians,
    running,
    shares,
    shift,
    window,
)

pages = st.lists(st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=12), min_size=1, max_size=4)


def column(batch):
    return np.array([value for page in batch for value in page]), lay_out(list(map(len, batch)))


def by_page(values, batch):
    edges = np.cumsum([0, *map(len, batch)])
    return [values[start:end].tolist() for start, end in pairwise(edges)]


@settings(deadline=None)
@given(pages)
def test_the_densest_stretch_has_the_greatest_sum(batch):
    values, layout = column(batch)
    for page, first, last, start in zip(batch, *densest(values, layout), layout.starts, strict=True):
        sums = [sum(page[a : b + 1]) for a in range(len(page)) for b in range(a, len(page))]
        assert sum(page[first - start : last - start + 1]) == max(sums)


@settings(deadline=None)
@given(pages, st.integers(1, 5))
def test_windows(batch, reach):
    values, layout = column(batch)
    before, after = window(values, layout, before=reach), window(values, layout, after=reach)
    found = zip(*(by_page(v, batch) for v in (before, after, running(values, reach, layout))), strict=True)
    for page, (befores, afters, arounds) in zip(batch, found, strict=True):
        for i in range(len(page)):
            above, below = page[max(0, i - reach) : i], page[i + 1 : i + 1 + reach]
            assert befores[i] == pytest.approx(fmean(above) if above else 0)
            assert afters[i] == pytest.approx(fmean(below) if below else 0)
            assert arounds[i] == pytest.approx(fmean([*above, page[i], *below]))


@settings(deadline=None)
@given(pages, st.integers(-4, 4).filter(bool))
def test_shift(batch, step):
    values, layout = column(batch)
    expected = [[page[i - step] if 0 <= i - step < len(page) else -1.0 for i in range(len(page))] for page in batch]
    assert by_page(shift(values, step, -1.0, layout), batch) == expected


@settings(deadline=None)
@given(pages)
def test_means_and_medians_of_pages(batch):
    values, layout = column(batch)
    assert by_page(page_means(values, layout), batch) == [[pytest.approx(fmean(page))] * len(page) for page in batch]
    chosen = [[value for value in page if value > 0] or page for page in batch]
    expected = [[median(some)] * len(page) for some, page in zip(chosen, batch, strict=True)]
    assert by_page(page_medians(values, values > 0, layout), batch) == expected


def test_distances_end_with_the_page():
    flags, layout = np.array([False, True, False, False, True]), lay_out([4, 1])
    before, after = distances(flags, layout)
    assert (before.tolist(), after.tolist()) == ([FAR, 0, 1, 2, 0], [1, 0, FAR, FAR, 0])


def test_shares_above_and_below():
    above, below = shares(np.array([1.0, 3.0, 8.0]), lay_out([2, 1]))
    assert (above.tolist(), below.tolist()) == ([0.0, 0.25, 0.0], [0.75, 0.0, 0.0])


@settings(deadline=None)
@given(st.lists(st.floats(0, 40), min_size=1, max_size=50))
def test_sums_of_exact_values_do_not_depend_on_the_order(values):
    rounded = exact(np.array(values))
    assert np.cumsum(rounded)[-1] == np.cumsum(rounded[::-1])[-1]
    assert np.abs(rounded - values).max() < 1e-6
