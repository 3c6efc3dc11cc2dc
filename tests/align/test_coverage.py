"""How far the sentences of two units find each other."""

import numpy as np
import pytest

from pipeline.align.coverage import coverage
from pipeline.align.side import Side
from tests.align.samples import version


def side(*units):
    """Make a side of units, each a list of sentences; vectors do not matter here."""
    texts = tuple(" ".join(unit) for unit in units)
    sentences = tuple(sentence for unit in units for sentence in unit)
    owner = np.repeat(np.arange(len(units)), [len(unit) for unit in units])
    nothing = np.zeros((0, 0), dtype=np.float32)
    return Side(version("x", "en", texts), texts, sentences, owner, nothing, nothing)


def test_each_sentence_counts_by_its_nearest_and_its_length():
    a, b = side(["abcd", "ef"]), side(["uvwx", "yzuv"])
    cosine = np.array([[0.9, 0.1], [0.2, 0.3]], dtype=np.float32)
    forth = (0.9 * 4 + 0.3 * 2) / 6
    back = (0.9 * 4 + 0.3 * 4) / 8
    assert coverage(a, b, cosine)[0, 0] == pytest.approx((forth + back) / 2)


def test_every_pair_of_units_has_its_cell_and_order_of_sides_does_not_matter():
    a, b = side(["a"], ["b", "c"], ["d"]), side(["e", "f"], ["g"])
    cosine = np.random.default_rng(0).random((4, 3), dtype=np.float32)
    found = coverage(a, b, cosine)
    assert found.shape == (3, 2)
    assert found == pytest.approx(coverage(b, a, cosine.T).T)
    assert found[0, 1] == pytest.approx(cosine[0, 2])
