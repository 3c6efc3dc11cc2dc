import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.emit.copies import Originals, overlap, shingles

SENTENCE = "The mayor promised to build a fish market beside the old stone pier next year."


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (SENTENCE, True),
        (SENTENCE.upper().replace(" ", "  "), True),
        (SENTENCE.replace("next year", "next spring"), True),
        (f"{SENTENCE[:-1]}, she said.", True),
        (SENTENCE.replace("mayor", "governor"), True),
        (SENTENCE[:30], False),
        ("The mayor opened a new library beside the river last week.", False),
    ],
)
def test_a_sentence_with_a_few_words_changed_is_a_copy(text, copied):
    assert Originals([SENTENCE, "Empat puluh perahu berlabuh."], 0.6).has_copy(text) is copied


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("退休邮差每周骑车送书上山给孩子们。", True),
        ("退休邮差每周骑车送书上山给村民们。", True),
        ("退休教师每天走路上山。", False),
    ],
)
def test_chinese_needs_no_spaces(text, copied):
    assert Originals(["退休邮差每周骑车送书上山给孩子们"], 0.6).has_copy(text) is copied


def test_texts_shorter_than_a_trigram_are_compared_whole():
    originals = Originals(["ya", "港"], 0.6)
    assert originals.has_copy("Ya!")
    assert originals.has_copy("港")
    assert not originals.has_copy("yo")
    assert not originals.has_copy("yang")


def test_nothing_copies_an_empty_set():
    assert not Originals([], 0.6).has_copy(SENTENCE)


def test_overlap_is_jaccard():
    assert overlap(shingles("abcd"), shingles("abce")) == pytest.approx(1 / 3)
    assert overlap(shingles("abcd"), shingles("ABCD.")) == 1


WORDS = st.lists(st.sampled_from(["laut", "ikan", "kapal", "pagi", "baru", "渔民", "bến"]), min_size=1, max_size=8).map(
    " ".join
)


@settings(deadline=None, max_examples=200)
@given(st.lists(WORDS, max_size=8), WORDS, st.floats(0.05, 1))
def test_the_prefix_filter_misses_none(originals, text, threshold):
    compared = any(overlap(shingles(text), shingles(other)) >= threshold - 1e-9 for other in originals)
    assert Originals(originals, threshold).has_copy(text) is compared
