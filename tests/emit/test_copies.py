import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.emit import copies
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


def test_texts_shorter_than_an_n_gram_are_compared_whole():
    originals = Originals(["ya", "港"], 0.6)
    assert originals.has_copy("Ya!")
    assert originals.has_copy("港")
    assert not originals.has_copy("yo")
    assert not originals.has_copy("yang")


def test_nothing_copies_an_empty_set():
    assert not Originals([], 0.6).has_copy(SENTENCE)


def test_overlap_is_jaccard():
    assert overlap(shingles("abcdef"), shingles("abcdeg")) == pytest.approx(1 / 3)
    assert overlap(shingles("渔民回来"), shingles("渔民回去")) == pytest.approx(1 / 3)
    assert overlap(shingles("abcdef"), shingles("ABC, def.")) == 1


WORD = st.sampled_from(["laut", "ikan", "kapal", "pagi", "baru", "渔民", "bến", "dermaga", "nelayan", "wali kota"])
WORDS = st.lists(WORD, min_size=1, max_size=30)


@st.composite
def edited(draw):
    """Return a few texts, and one made of one of them by changing some words."""
    originals = draw(st.lists(WORDS, min_size=1, max_size=6))
    words = list(draw(st.sampled_from(originals)))
    for place in draw(st.lists(st.integers(0, len(words) - 1), max_size=6)):
        words[place] = draw(WORD)
    return [" ".join(original) for original in originals], " ".join(words)


@settings(deadline=None, max_examples=200)
@given(edited(), st.floats(0.05, 1))
def test_no_copy_is_missed_and_none_imagined(texts, threshold):
    originals, text = texts
    compared = any(overlap(shingles(text), shingles(other)) >= threshold - 1e-9 for other in originals)
    assert Originals(originals, threshold).has_copy(text) is compared


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_share_looked_up_changes_nothing(monkeypatch, share):
    monkeypatch.setattr(copies, "SHARED", share)
    test_no_copy_is_missed_and_none_imagined()
