from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.batches import IGNORED, batches, collate, cut, prefetch
from training.pieces import BEGIN, END, Vocabulary
from training.prepare import Prepared, flat

SOURCE = [[5, 6], [7], [8, 9, 10]]
TARGET = [[20], [21, 22], [23, 24, 25, 26]]
PREPARED = Prepared(Vocabulary((), b""), 30, flat(SOURCE), flat(TARGET))


def test_a_batch_marks_beginnings_and_ends():
    batch = collate(PREPARED, np.array([2, 0]))
    assert batch.source[0].tolist() == [BEGIN, 8, 9, 10, END, 0, 0, 0]
    assert batch.source[1].tolist() == [BEGIN, 5, 6, END, 0, 0, 0, 0]
    assert batch.source_lengths.tolist() == [5, 4]
    assert batch.given[1, :3].tolist() == [BEGIN, 20, 0]
    assert batch.wanted[1].tolist() == [20, END] + [IGNORED] * 6
    assert batch.n_wanted == (batch.wanted != IGNORED).sum() == 7


@given(st.lists(st.integers(1, 40), min_size=1, max_size=80), st.integers(42, 200), st.integers(0, 99))
@settings(deadline=None)
def test_batches_hold_every_pair_once_and_keep_the_limit(lengths, tokens, seed):
    found = cut(np.array(lengths), tokens, np.random.default_rng(seed))
    assert sorted(i for group in found for i in group.tolist()) == list(range(len(lengths)))
    assert all((max(lengths[i] for i in group) + 2) * len(group) <= tokens for group in found)


def test_each_pass_has_every_pair_and_the_seed_fixes_the_order():
    first = [batch.source.tolist() for batch in islice(batches(PREPARED, 12, 4), 9)]
    assert first == [batch.source.tolist() for batch in islice(batches(PREPARED, 12, 4), 9)]
    assert len({str(batch) for batch in first}) == 3


def test_prefetching_changes_nothing():
    plain = [batch.wanted.tolist() for batch in islice(batches(PREPARED, 12, 4), 6)]
    assert [batch.wanted.tolist() for batch in islice(prefetch(batches(PREPARED, 12, 4), 2), 6)] == plain


def test_what_goes_wrong_while_batches_are_made_is_raised():
    def broken():
        yield collate(PREPARED, np.array([0]))
        raise MemoryError("no more")

    stream = prefetch(broken())
    next(stream)
    with pytest.raises(MemoryError, match="no more"):
        next(stream)
