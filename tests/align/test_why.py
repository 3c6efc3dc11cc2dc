"""The reasons given for a bead are in the texts, and what contradicts is named."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.why import Told, reasons
from pipeline.records import Evidence
from tests.align.samples import CHINESE, ENGLISH, INDONESIAN

NOTHING = Evidence(None, None, None, None, None, None, None, None)


def told(text, lang="en", english=""):
    return Told(text, lang, english)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (told(ENGLISH[0]), told(INDONESIAN[0], "id"), "both name Nordlys, Vardo"),
        (told(ENGLISH[0]), told(CHINESE[0], "zh-Hans"), "both name Nordlys"),
        (told(ENGLISH[3]), told(CHINESE[3], "zh-Hans"), "same numbers: 3,000,000"),
        (told(ENGLISH[1]), told(INDONESIAN[1], "id"), "same numbers: 48"),
        (told("It opened on March 12."), told("Dibuka Kamis (12/3).", "id"), "same dates: 12 March"),
        (told(ENGLISH[0]), told(INDONESIAN[0], "id"), "same dates: Monday"),
        (
            told(ENGLISH[2]),
            told(CHINESE[2], "zh-Hans", "Captain says radar broke an hour earlier."),
            "English shares: captain, radar, hour",
        ),
        (told("Паром «Нордлис» сел на мель.", "ru"), told("Пором «Нордлис» сів на мілину.", "uk"), "both name Нордлис"),
        (told("Паром Nordlys сел на мель.", "ru"), told("The nordlys was late."), "both name Nordlys"),
        (told("48 came."), told("Datang 52.", "id"), "numbers differ: 48 against 52"),
        (told("Until May 12."), told("Sampai 14 Mei.", "id"), "dates differ: 12 May against 14 May"),
        (told("Kelp grows."), told("Tumbuh", "id", "Lanterns burn."), "no word of their English in common"),
    ],
)
def test_what_both_say_is_named_and_what_contradicts_too(a, b, reason):
    assert reason in reasons(a, b, NOTHING)


def test_what_one_side_leaves_out_is_no_contradiction():
    found = reasons(told("48 of 50 came on May 12."), told("48 datang.", "id"), NOTHING)
    assert not [reason for reason in found if "differ" in reason]


def test_the_days_of_a_date_are_no_numbers():
    assert reasons(told("On 12 May."), told("5月12日", "zh-Hans"), NOTHING) == ("same dates: 12 May",)


@pytest.mark.parametrize(
    ("part", "value", "reason"),
    [
        ("nearest", 1.0, "nearest to each other in meaning"),
        ("nearest", 0.0, "another passage is nearer in meaning"),
        ("position", 0.95, "same place in the text"),
        ("position", 0.2, "far apart in their texts"),
        ("length", 0.25, "one side is 4.0 times as long"),
    ],
)
def test_parts_of_the_score_are_put_in_words(part, value, reason):
    assert reasons(told("a"), told("b", "id"), replace(NOTHING, **{part: value})) == (reason,)


def test_nothing_in_common_has_no_reason():
    assert reasons(told("", "id"), told("", "vi"), NOTHING) == ()


@settings(deadline=None)
@given(st.text(), st.text(), st.sampled_from(["en", "id", "zh-Hans", "th"]))
def test_any_text_has_reasons(a, b, lang):
    assert all(reasons(told(a, lang, b), told(b, "en"), NOTHING))
    against = ("numbers differ:", "dates differ:")  # the text itself may hold the word
    assert not [reason for reason in reasons(told(a, lang), told(a, lang), NOTHING) if reason.startswith(against)]


def test_thai_words_are_no_names():
    same = told("ทหาร พบ นายพล", "th")
    assert not [reason for reason in reasons(same, same, NOTHING) if "name" in reason]
