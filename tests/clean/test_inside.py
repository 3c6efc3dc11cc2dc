"""Many phrases found in many lines at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.inside import WIDTH, make_finder

phrase = st.text("abß河 ", min_size=WIDTH, max_size=7)


@settings(deadline=None)
@given(st.lists(phrase, max_size=12, unique=True), st.lists(st.text("abß河 ", max_size=30), max_size=6))
def test_finds_what_searching_one_by_one_finds(phrases, lines):
    expected = {
        number: next(phrase for phrase in phrases if phrase in line)
        for number, line in enumerate(lines)
        if any(phrase in line for phrase in phrases)
    }
    assert make_finder((phrase, phrase) for phrase in phrases).find(lines) == expected


def test_a_phrase_does_not_reach_over_a_line():
    assert make_finder([("to the inbox", 1)]).find(["to the", "inbox to the inbox"]) == {1: 1}


def test_nothing_is_found_in_nothing():
    assert make_finder([("to the inbox", 1)]).find([]) == {}
