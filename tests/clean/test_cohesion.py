"""What a line has in common with the story, counted in pieces of words."""

import numpy as np
import pytest

from pipeline.clean.cohesion import cohesion
from pipeline.clean.neighbours import lay_out

STORY = ["the harbour master counted the fishing boats", "fishing stopped while the harbour was closed"]


def _of(lines, core, counts=None):
    return cohesion(lines, np.array(core), lay_out(counts or [len(lines)]))


def test_a_line_about_the_same_shares_more_than_one_about_something_else():
    count, share = _of(
        [*STORY, "the harbour stays closed for fishing", "win concert tickets worth hundreds"],
        [True, True, False, False],
    )
    assert share[2] > 0.8
    assert share[3] == count[3] == 0


def test_a_line_of_the_story_is_compared_with_its_other_lines():
    _, share = _of(STORY, [True, True])
    assert 0 < share[0] < 1
    assert _of(STORY[:1] * 2, [True, True])[1].tolist() == [1, 1]
    assert _of([*STORY[:1], "no"], [True, False])[1].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("story", "same", "other"),
    [
        ("渔船停在港口外面等待潮水", "港口外面的渔船", "今晚抽奖送手机"),
        ("어선들이 항구 밖에서 기다렸다", "항구 밖에서 기다렸다", "오늘의 운세 보기"),
        ("เรือประมงจอดรออยู่นอกท่าเรือ", "เรือประมงนอกท่าเรือ", "สมัครรับข่าวสารวันนี้"),
    ],
)
def test_scripts_without_spaces_are_compared_too(story, same, other):
    _, share = _of([story, same, other], [True, False, False])
    assert share[1] > 0.5 > share[2]


def test_pages_share_nothing():
    lines = [STORY[0], STORY[0], STORY[1]]
    assert _of(lines, [True, False, False], [1, 2])[0].tolist() == [0, 0, 0]


@pytest.mark.parametrize("lines", [[""], ["—"], ["", "", "ab"]])
def test_lines_without_a_piece_share_nothing(lines):
    assert not any(_of(lines, [True] * len(lines))[1])
