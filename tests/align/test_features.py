"""The candidates for links: few, and the nearest of those that are equally good."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.align.beads import beads
from pipeline.align.features import _leading, candidates, report_candidates
from pipeline.align.pair import link
from pipeline.align.side import Side, build_side
from pipeline.encode import Lexical
from tests.align.samples import ENGLISH, sentences, version


def side(name, texts):
    return build_side(version(name, "en", texts), Lexical(), None)


@pytest.mark.parametrize("find", [candidates, report_candidates])
def test_a_repeated_paragraph_goes_with_the_nearest_alone(find):
    texts = ENGLISH[:1] * 20
    pairs = find(side("a", texts), side("b", texts)).pairs
    assert pairs == [(n, n) for n in range(20)]


def test_relative_positions_count_where_one_side_is_longer():
    pairs = candidates(side("a", ENGLISH[:1] * 4), side("b", ENGLISH[:1] * 40)).pairs
    assert pairs == [(n // 10, n) for n in range(40)]


def test_equal_texts_are_equally_good_wherever_they_stand():
    """A product of matrices rounds differently from one place to the next."""
    texts = sentences(70, random.Random(5)) + ENGLISH[:1] * 10  # noqa: S311
    random.Random(6).shuffle(texts)  # noqa: S311
    noise = np.random.default_rng(7)
    a, b = side("a", texts), side("b", texts)
    shaken = np.asarray(b.rows * (1 + 1e-6 * noise.standard_normal((80, 1))), dtype=np.float32)
    found = candidates(a, Side(b.version, b.texts, b.sentences, b.owner, b.unit_rows, shaken))
    assert {(n, n) for n in range(80)} <= set(found.pairs)


@given(arrays(np.float32, (5, 7), elements=st.sampled_from([0, 0.25, 0.5, 0.75])), st.integers(1, 4))
def test_a_row_has_from_one_to_rank_of_the_best_cells_and_all_of_them_without_ties(margin, rank):
    for marked, row in zip(_leading(margin, rank), margin, strict=True):
        ordered = sorted(row.tolist(), reverse=True)
        assert 1 <= marked.sum() <= rank
        assert {cell for cell in row if cell > ordered[rank - 1]} <= set(row[marked].tolist())
        if ordered[rank - 1] > ordered[rank]:
            assert sorted(row[marked].tolist(), reverse=True) == ordered[:rank]


def test_lengths_are_taken_once_whatever_the_beads(monkeypatch):
    texts = sentences(12, random.Random(3))  # noqa: S311
    links = link(side("a", texts), side("b", texts))
    calls = []
    measured = Side.lengths
    monkeypatch.setattr(Side, "lengths", lambda self, texts: calls.append(len(texts)) or measured(self, texts))
    assert len(beads(links, links.probabilities(), 0.5)) == 12
    assert len(calls) == 2
