"""Beads of pairs become groups of versions: every block in one at most, contradictions cut, order of no account."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.groups import agreeing, group_beads
from pipeline.records import Bead, Evidence

NOTHING = Evidence(None, None, None, None, None, None, None, None)


def bead(a, b, blocks_a, blocks_b, score=0.9, regime="translations", links=()):  # noqa: PLR0917
    return Bead(a, b, tuple(blocks_a), tuple(blocks_b), score, NOTHING, regime, tuple(links))


def members(grouped):
    return [dict(group.members) for group in grouped.groups]


def test_two_versions_have_the_groups_that_they_have_beads():
    beads = [bead("a", "b", [1], [1]), bead("a", "b", [2, 3], [2]), bead("a", "b", [5], [3, 4])]
    grouped = group_beads(beads)
    assert members(grouped) == [{"a": (1,), "b": (1,)}, {"a": (2, 3), "b": (2,)}, {"a": (5,), "b": (3, 4)}]
    assert [grouped.home(one) for one in beads] == [0, 1, 2]
    assert {(group.score, group.agreement, group.regime) for group in grouped.groups} == {(0.9, 1.0, "translations")}


def test_a_version_without_a_bead_of_its_own_joins_through_a_third():
    grouped = group_beads([bead("a", "b", [1], [4]), bead("b", "c", [4], [2], score=0.7)])
    assert members(grouped) == [{"a": (1,), "b": (4,), "c": (2,)}]
    assert grouped.groups[0].agreement == pytest.approx(2 / 3, abs=1e-4)
    assert grouped.groups[0].score == 0.8


def test_a_paragraph_that_one_version_merges_holds_the_others_together():
    apart = [bead(x, y, [n], [n]) for x, y in combinations("abd", 2) for n in (1, 2)]
    grouped = group_beads([*apart, *(bead(x, "m", [1, 2], [7]) for x in "ab"), bead("d", "m", [1, 2], [7])])
    assert members(grouped) == [{"a": (1, 2), "b": (1, 2), "d": (1, 2), "m": (7,)}]


def test_a_link_that_others_contradict_is_cut():
    right = [bead(x, y, [n], [n]) for x, y in combinations("abcd", 2) for n in (1, 2) if (x, y) != ("a", "b")]
    wrong = bead("a", "b", [1, 2], [1, 2], links=[(1, 1), (2, 2), (1, 2)])
    grouped = group_beads([*right, wrong])
    assert members(grouped) == [dict.fromkeys("abcd", (n,)) for n in (1, 2)]
    assert grouped.home(wrong) is None
    assert [group.agreement for group in grouped.groups] == [1.0, 1.0]


def test_of_a_cycle_that_disagrees_the_weakest_link_is_cut():
    beads = [bead(x, y, [n], [n]) for x, y in combinations("abc", 2) for n in (1, 2) if (x, y, n) != ("b", "c", 1)]
    weakest = bead("b", "c", [1], [2], score=0.6)
    grouped = group_beads([*beads, weakest])
    assert [one for one in [*beads, weakest] if grouped.home(one) is None] == [weakest]
    assert members(grouped) == [dict.fromkeys("abc", (n,)) for n in (1, 2)]


def test_a_report_enters_a_group_with_one_block():
    echo = [bead("a", "b", [1], [n], score, "reports") for n, score in ((3, 0.6), (8, 0.9))]
    grouped = group_beads(echo)
    assert members(grouped) == [{"a": (1,), "b": (8,)}]
    assert [grouped.home(one) for one in echo] == [None, 0]


def test_a_report_of_translations_makes_a_mixed_group():
    grouped = group_beads([bead("a", "b", [1, 2], [1]), bead("b", "c", [1], [4], 0.7, "reports")])
    assert [group.regime for group in grouped.groups] == ["mixed"]


def test_nothing_has_no_groups():
    assert group_beads([]).groups == ()


beads_of_a_story = st.lists(
    st.builds(
        lambda versions, i, j, score, regime: bead(*versions, [i], [j], score, regime),
        st.sampled_from(list(combinations("abcde", 2))),
        st.integers(1, 4),
        st.integers(1, 4),
        st.sampled_from([0.5, 0.6, 0.75, 0.9, 1.0]),
        st.sampled_from(["translations", "reports"]),
    ),
    max_size=40,
    unique_by=lambda one: (one.article_a, one.article_b, one.blocks_a, one.blocks_b),
)


@settings(deadline=None)
@given(beads_of_a_story)
def test_every_block_is_in_one_group_and_every_bead_in_one_or_cut(beads):
    grouped = group_beads(beads)
    blocks = [(name, i) for group in grouped.groups for name, ids in group.members for i in ids]
    assert len(blocks) == len(set(blocks))
    assert all(len(group.members) > 1 for group in grouped.groups)
    for one in beads:
        places = {
            n
            for n, group in enumerate(grouped.groups)
            for name, ids in group.members
            for side, units in ((one.article_a, one.blocks_a), (one.article_b, one.blocks_b))
            if name == side and set(units) & set(ids)
        }
        home = grouped.home(one)
        assert home is None or places == {home}
    for group in grouped.groups:
        assert 0 < group.score <= 1
        assert 0 < group.agreement <= 1


@settings(deadline=None)
@given(beads_of_a_story, st.randoms(use_true_random=False))
def test_the_order_of_the_beads_does_not_matter(beads, random):
    shuffled = random.sample(beads, len(beads))
    assert group_beads(shuffled) == group_beads(beads)


@settings(deadline=None)
@given(beads_of_a_story)
def test_another_story_changes_nothing(beads):
    others = [bead("x", "y", [1], [1]), bead("y", "z", [1], [2])]
    assert set(group_beads([*beads, *others]).groups) == set(group_beads(beads).groups + group_beads(others).groups)


@settings(deadline=None)
@given(beads_of_a_story)
def test_reports_alone_never_hold_two_blocks_of_a_version(beads):
    for group in group_beads([one for one in beads if one.regime == "reports"]).groups:
        assert all(len(ids) == 1 for _, ids in group.members)


@settings(deadline=None)
@given(beads_of_a_story)
def test_no_link_is_left_that_more_versions_contradict_than_confirm(beads):
    scores = {((one.article_a, one.blocks_a[0]), (one.article_b, one.blocks_b[0])): one.score for one in beads}
    left = agreeing(scores)
    near = {x: {y for link in left if x in link for y in link if y != x} for link in left for x in link}
    for x, y in left:
        balance = 0
        for third in set("abcde") - {x[0], y[0]}:
            mine, theirs = ({block for block in near[end] if block[0] == third} for end in (x, y))
            if mine and theirs:
                balance += 1 if mine & theirs else -1
        assert balance >= 0


cells = st.lists(st.sets(st.sampled_from("abcde"), min_size=2), min_size=1, max_size=5)


@settings(deadline=None)
@given(cells, st.data())
def test_versions_that_agree_are_gathered_whole(cells, data):
    """Each cell is told by some versions, in one block or two, and every pair of them has its bead."""
    blocks, told = dict.fromkeys("abcde", 0), []
    for cell in cells:
        telling = {}
        for name in sorted(cell):
            size = data.draw(st.integers(1, 2))
            telling[name] = tuple(range(blocks[name] + 1, blocks[name] + size + 1))
            blocks[name] += size
        told.append(telling)
    beads = [bead(x, y, cell[x], cell[y]) for cell in told for x, y in combinations(sorted(cell), 2)]
    grouped = group_beads(beads)
    assert sorted(members(grouped), key=str) == sorted(told, key=str)
    assert None not in map(grouped.home, beads)
    assert {group.agreement for group in grouped.groups} == {1.0}
