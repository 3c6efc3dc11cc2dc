from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align.amounts import read_amounts, written
from pipeline.numbered import read_numbered


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("about 2.5 million crowns", [2500000]),
        ("sekitar 2,5 juta krona", [2500000]),
        ("khoảng 2,5 triệu", [2500000]),
        ("约250万克朗", [2500000]),
        ("約２５０萬克朗", [2500000]),
        ("1,250 boats, 1.250 perahu", [1250]),
        ("Rp25.000 each; 25 ribu; 25 nghìn đồng", [25000]),
        ("1.2 billion, 12亿, 1,2 miliar, 1,2 tỷ", [1200000000]),
        ("3万亿 or 3 trillion", [3 * 10**12]),
        ("1.234.567,5 and 1,234,567.5", [Decimal("1234567.5")]),
        ("7,5% and 7.50 percent", [Decimal("7.5")]),
        ("in 2026 at 10:30", [2026]),
        ("at 9.10 pm, 9.10 p.m., um 21.10 Uhr; pukul 21.10, jam 21.10 WIB", []),
        ("9.10 points, up by 21.10", [Decimal("9.1"), Decimal("21.1")]),
        ("5 millions de livres, 5 mildly odd", [5000000, 5]),
        ("5 MİLYAR LİRA, 3 mıl", [5 * 10**9, 3000]),
        ("forty, none", []),
        (f"account {'7' * 40}", []),
    ],
)
def test_amounts_agree_across_notations(text, values):
    assert read_amounts(text) == {Decimal(value) for value in values}


@pytest.mark.parametrize(("value", "text"), [(2026, "2026"), (2500000, "2,500,000"), (Decimal("7.5"), "7.5")])
def test_amounts_are_written_for_people(value, text):
    assert written(Decimal(value)) == text


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(amount >= 0 for amount in read_amounts(text))


@given(st.integers(1, 10**11))
def test_grouping_in_threes_changes_nothing(number):
    assert read_amounts(f"{number:,}") == read_amounts(f"{number:,}".replace(",", ".")) == {Decimal(number)}


@pytest.mark.parametrize("word", read_numbered("pipeline.align", "magnitudes.toml"))
def test_words_are_known_in_capitals_and_with_the_letters_i_of_turkish(word):
    spellings = {word, word.upper(), word.upper().replace("I", "İ"), word.replace("i", "ı")}
    assert len({read_amounts(f"5 {spelling}") for spelling in spellings}) == 1
