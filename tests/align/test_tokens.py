import pytest

from pipeline.align.tokens import ENDING, agreement, by_capitals, names, numbers
from pipeline.identify.languages import known_languages, languages_of


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ("1,250 boats", "1.250 perahu", 1),
        ("3万艘", "30000 boats", 1),
        ("２００人", "200 people", 1),
        ("ผู้โดยสาร ๒๐๐ คน", "200 people", 1),
        ("٢٠٠ شخص", "200 people", 1),
        ("１，２５０隻", "1,250 boats", 1),
        ("१,२५० नावें; ١٬٢٥٠ قارب", "1,250 boats", 1),
        ("１．５万人", "15000 people", 1),
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
    assert names("Cảng Đà Nẵng", latin_script=False) == {"cảng", "nẵng"}


@pytest.mark.parametrize("text", ["เรือเฟอร์รี", "пассажиры", "επιβάτες", "यात्री", "مسافرون", "გემი"])
def test_a_word_of_another_script_is_no_latin_word(text):
    assert names(f"{text} nordlys", latin_script=False) == {"nordlys"}


def test_capitals_tell_names_in_every_script_that_has_them():
    assert names("Паром Нордлис сел на мель", latin_script=True) == {"паром", "нордлис"}


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        ("en", "id", True),
        ("ru", "uk", True),
        ("el", "el", True),
        ("ru", "en", False),
        ("en", "zh-Hant", False),
        ("zh-Hans", "zh-Hant", False),
        ("th", "th", False),
        ("ar", "fa", False),
        ("und", "en", True),
    ],
)
def test_names_show_by_capitals_within_one_script_that_has_them(a, b, told):
    assert by_capitals(a, b) is by_capitals(b, a) is told


def test_beside_english_capitals_tell_names_in_latin_languages_alone():
    latin = {lang for lang in known_languages() if by_capitals(lang, "en")}
    assert latin == set(languages_of("Latin"))


@pytest.mark.parametrize(("text", "ends"), [("Done.", True), ("“真的？”", True), ("Read more", False), ("…", True)])
def test_a_sentence_ends_like_one(text, ends):
    assert bool(ENDING.search(text)) == ends


@pytest.mark.parametrize(("text", "found"), [("1，250", {"1", "250"}), ("5 m²", {"5"}), ("2024，30人", {"2024", "30"})])
def test_what_is_no_part_of_a_number_adds_no_digits(text, found):
    assert numbers(text) == found
