"""Texts of sentences in one order are recognised, through a poor pivot too, and shuffled ones are not."""

import random

import pytest

from pipeline.align.sequence import is_sequence
from pipeline.align.side import build_side
from pipeline.encode import Lexical
from tests.align.samples import WORDS, sentences, version


def sides(kept, *, shuffled=False, n=80):
    """Return two sides of `n` sentences, of which the pivot of the second keeps this share of the words."""
    rnd = random.Random(7)  # noqa: S311
    left = sentences(n, rnd)
    right = [" ".join(word if rnd.random() < kept else rnd.choice(WORDS) for word in text.split()) for text in left]
    if shuffled:
        rnd.shuffle(right)
    foreign = [f"kalimat {number}" for number in range(n)]
    encoder = Lexical()
    return build_side(version("a", "en", left), encoder, None), build_side(
        version("b", "id", foreign, right), encoder, None
    )


@pytest.mark.parametrize("kept", [0.9, 0.1])
def test_an_order_is_seen_through_a_poor_pivot(kept):
    assert is_sequence(*sides(kept))


@pytest.mark.parametrize("kept", [0.9, 0.1, 0.0])
def test_shuffled_sentences_are_no_sequence(kept):
    assert not is_sequence(*sides(kept, shuffled=True))


def test_strangers_and_short_texts_are_no_sequence():
    assert not is_sequence(*sides(0.0))
    assert not is_sequence(*sides(0.9, n=12))
