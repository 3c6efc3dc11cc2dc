import re

from hypothesis import given, settings
from hypothesis import strategies as st

from training.mix import mix
from training.pairs import Pair
from training.recipe import Recipe


def pairs(origin, count, lang="id"):
    return [Pair(f"{origin} {lang} {i}", f"{i} {origin}", lang, origin) for i in range(count)]


def test_caps_hold_by_language_and_origin():
    offered = [*pairs("news", 50), *pairs("manual", 50), *pairs("manual", 50, "vi")]
    mixture = mix(offered, Recipe(caps={"any": {"manual": 10}}))
    assert mixture.taken == {("id", "news"): 50, ("id", "manual"): 10, ("vi", "manual"): 10}
    assert mixture.offered["vi", "manual"] == 50
    assert len(mixture.pairs) == 70


def test_an_origin_can_be_taken_twice():
    mixture = mix(pairs("news", 4), Recipe(repeat={"news": 2}))
    assert sorted(pair.source for pair in mixture.pairs) == sorted(2 * [pair.source for pair in pairs("news", 4)])


def test_lines_of_evaluation_sets_are_held_out_on_either_side():
    mixture = mix(pairs("news", 5), Recipe(), frozenset({"news id 1", "3 news"}))
    assert mixture.held_out == 2
    assert {pair.source for pair in mixture.pairs} == {"news id 0", "news id 2", "news id 4"}


def test_the_same_seed_gives_the_same_order_and_another_seed_another():
    offered = pairs("news", 40)
    assert mix(offered, Recipe()).pairs == mix(offered, Recipe()).pairs
    assert mix(offered, Recipe()).pairs != mix(offered, Recipe(seed=2)).pairs


@given(st.integers(0, 30))
@settings(deadline=None)
def test_another_origin_changes_nothing_for_the_first(extra):
    recipe = Recipe(default_cap=7)
    alone = set(mix(pairs("news", 20), recipe).pairs)
    together = mix([*pairs("talks", extra), *pairs("news", 20)], recipe).pairs
    assert {pair for pair in together if pair.origin == "news"} == alone


def test_short_pairs_are_run_together_and_none_is_lost():
    mixture = mix(pairs("chat", 60), Recipe(join={"chat": 0.5}, repeat={"chat": 2}))
    assert len(mixture.pairs) < 100
    assert mixture.taken["id", "chat"] == len(mixture.pairs)
    for side, one in (("source", r"chat id (\d+)"), ("english", r"(\d+) chat")):
        said = [re.findall(one, getattr(pair, side)) for pair in mixture.pairs]
        assert max(map(len, said)) == 3
        assert sorted(int(i) for line in said for i in line) == sorted([*range(60), *range(60)])


def test_chinese_is_run_together_without_a_space():
    lines = [Pair("下雨了。", "It rains.", "zh-Hans", "chat"), Pair("他来了。", "He comes.", "zh-Hans", "chat")]
    (joined,) = mix(lines, Recipe(join={"chat": 1.0})).pairs
    assert joined.source in {"下雨了。他来了。", "他来了。下雨了。"}
    assert joined.english in {"It rains. He comes.", "He comes. It rains."}
