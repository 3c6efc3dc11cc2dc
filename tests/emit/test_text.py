import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.emit.text import digest, fold, weight


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Pelabuhan LAMA dibuka kembali!", "pelabuhan lama dibuka kembali"),
        ("Giá: 3.500 đồng", "giá 3 500 đồng"),
        ("渔民，回来了。", "渔民回来了"),
        ("Ｔｅｌｕｋ　１２", "teluk 12"),
        ("cafe\u0301", "caf\u00e9"),
        ("Straße", "STRASSE"),
        ("one\u200btwo", "onetwo"),
    ],
)
def test_copies_fold_to_the_same(a, b):
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("12 perahu", "13 perahu"),
        ("渔民", "漁民"),
        ("กา", "กี"),  # differ by a vowel sign alone
        ("ma", "má"),
        ("?!", "…"),
        ("!", ""),
    ],
)
def test_different_words_stay_apart(a, b):
    assert fold(a) != fold(b)


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing_more_for_text_with_letters(text):
    folded = fold(text)
    if folded.isalnum():
        assert fold(folded) == folded


def test_a_wide_character_weighs_three():
    assert weight("abc") == 3
    assert weight("渔民") == 6
    assert weight("어부 2") == 8
    assert weight("𠮷") == 3


def test_a_digest_tells_where_one_part_ends():
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("a")) == 16
