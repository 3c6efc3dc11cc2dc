import pytest

from pipeline.align.tokens import ENDING, agreement, names, numbers


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ("1,250 boats", "1.250 perahu", 1),
        ("3万艘", "30000 boats", 1),
        ("2 men, 7 dogs", "7 anjing, 9 orang", 0.5),
        ("in 1999", "in 2001", 0),
        ("no number", "in 2001", None),
    ],
)
def test_numbers_agree_across_notations(a, b, share):
    assert agreement(numbers(a), numbers(b)) == share


def test_names_are_capitals_among_latin_words_and_any_latin_word_elsewhere():
    assert names("The ferry Nordlys", latin_script=True) == {"the", "nordlys"}
    assert names("渡轮 nordlys 搁浅", latin_script=False) == {"nordlys"}


@pytest.mark.parametrize(("text", "ends"), [("Done.", True), ("“真的？”", True), ("Read more", False), ("…", True)])
def test_a_sentence_ends_like_one(text, ends):
    assert bool(ENDING.search(text)) == ends
