import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.augment import made_up_name, shared_names, swap_name, swap_number
from training.copies import copies, no_names
from training.pairs import Pair

PAIR = Pair("Menteri Budi Santoso tiba pukul 1830.", "Minister Budi Santoso arrived at 1830.", "id", "ours")


def test_names_on_both_sides_are_found_and_days_are_not():
    pairs = [
        PAIR,
        Pair("Ann datang Monday.", "So Ann came on Monday.", "id", "ours"),
        Pair("Ibu", "Mother", "id", "ours"),
    ]
    assert shared_names(pairs, no_names()) == ("Ann", "Budi Santoso")


@given(st.integers(0, 10_000))
@settings(deadline=None)
def test_a_swapped_name_is_the_same_on_both_sides_and_nothing_else_changes(seed):
    swapped = swap_name(PAIR, Random(seed), ("Rina Wati",), no_names())
    new = re.fullmatch(r"Minister (.+) arrived at 1830\.", swapped.english)
    assert new
    assert swapped.source == f"Menteri {new[1]} tiba pukul 1830."
    assert new[1] != "Budi Santoso"


@given(st.integers(0, 10_000))
@settings(deadline=None)
def test_a_swapped_number_keeps_its_length_and_stands_on_both_sides(seed):
    swapped = swap_number(PAIR, Random(seed))
    number = re.search(r"\d+", swapped.english)
    assert number
    assert number[0] in swapped.source
    assert len(number[0]) == 4


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Budi dan Budi datang.", "Then Budi and Budi came."),
        ("Ia datang.", "She came."),
        ("Sejak itu Rina pergi. Rina diam.", "It was over. Rina left."),
    ],
)
def test_a_pair_without_one_clear_name_stays(source, english):
    pair = Pair(source, english, "id", "ours")
    assert swap_name(pair, Random(1), ("Wati",), no_names()) == pair


@pytest.mark.parametrize("english", ["It cost 1,250 dollars.", "Version 2.45 is out.", "He has 7 ships."])
def test_parts_of_numbers_are_not_numbers(english):
    pair = Pair(english, english, "id", "ours")
    assert swap_number(pair, Random(1)) == pair


def test_a_year_stays_a_year():
    pair = Pair("pada tahun 1999", "in the year 1999", "id", "ours")
    assert all(1850 <= int(swap_number(pair, Random(seed)).english[-4:]) <= 2030 for seed in range(50))


def test_copies_carry_the_same_numbers_and_addresses_over():
    made = copies(300, 1, ("Rina Wati", "Oslo"))
    assert {pair.lang for pair in made} == {"id", "vi", "zh-Hans"}
    for pair in made:
        assert "{" not in pair.source + pair.english
        for token in re.findall(r"https?://[\w.]+|\d+", pair.source, re.ASCII):
            assert token in pair.english


def test_copies_are_the_same_for_the_same_seed():
    assert copies(20, 4, ("Oslo",)) == copies(20, 4, ("Oslo",))
    assert copies(20, 4, ("Oslo",)) != copies(20, 5, ("Oslo",))


def test_made_up_names_look_like_names():
    assert all(re.fullmatch(r"[A-Z][a-z]{2,}", made_up_name(Random(seed))) for seed in range(100))
