from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import EmitConfig
from pipeline.emit.splits import SPLITS, deal

MANY = [f"story-{number}" for number in range(2000)]


def test_shares_are_about_what_was_asked():
    counts = Counter(deal(MANY, EmitConfig(test_percent=10, validation_percent=20)).values())
    assert 150 < counts["test"] < 250
    assert 330 < counts["validation"] < 470


def test_stories_that_come_later_move_none():
    before = deal(MANY[:500], EmitConfig())
    after = deal(MANY, EmitConfig())
    assert all(after[story] == split for story, split in before.items())


def test_another_seed_deals_anew():
    assert deal(MANY, EmitConfig()) != deal(MANY, EmitConfig(split_seed="2"))


@pytest.mark.parametrize("n", [3, 4, 7])
def test_three_stories_fill_three_splits(n):
    assert set(deal(MANY[:n], EmitConfig()).values()) == set(SPLITS)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_are_all_for_training(n):
    assert deal(MANY[:n], EmitConfig()) == dict.fromkeys(MANY[:n], "train")


def test_a_share_of_nothing_is_no_split():
    assert set(deal(MANY, EmitConfig(test_percent=0, validation_percent=0)).values()) == {"train"}
    assert set(deal(MANY[:3], EmitConfig(test_percent=0)).values()) == {"train", "validation"}


@settings(deadline=None)
@given(st.lists(st.text(), unique=True), st.floats(0, 100), st.floats(0, 100), st.randoms(use_true_random=False))
def test_every_story_is_dealt_whatever_the_order(stories, test, validation, random):
    config = EmitConfig(test_percent=test, validation_percent=validation)
    dealt = deal(stories, config)
    random.shuffle(stories)
    assert deal(stories, config) == dealt
    assert set(dealt) == set(stories)
    assert set(dealt.values()) <= set(SPLITS)
    assert not stories or "train" in dealt.values()
