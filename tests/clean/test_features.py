"""What a line looks like, in numbers."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clean.pages import features_of


def last_of(line: str, passed: str) -> str:
    return line.rstrip(passed)[-1:]


@settings(deadline=None)
@given(st.lists(st.text("a.:,\"” …'", max_size=8), min_size=1, max_size=12))
def test_the_end_of_a_line_is_its_last_sign_but_spaces_and_closing_marks(lines):
    table = features_of(lines)
    assert table["ends colon"].tolist() == [last_of(line, " \"”'") == ":" for line in lines]
    assert table["ends comma"].tolist() == [last_of(line, " \"”'") == "," for line in lines]
    assert table["ellipsis"].tolist() == [line.rstrip(" ").endswith(("..", "…")) for line in lines]


@pytest.mark.parametrize("sign", ["”", " ", '"'])
def test_a_line_of_closing_marks_takes_no_longer_than_one_of_letters(sign):
    def seconds(character):
        page = [*["Boats on the river."] * 200, "x" + character * 160_000]
        start = time.process_time()
        features_of(page)
        return time.process_time() - start

    letters, marks = (min(seconds(character) for _ in range(2)) for character in ("a", sign))
    assert marks < 4 * letters + 0.2
