"""Tags as others spell them become ours; every table is in order."""

from importlib.resources import files

import pytest

from pipeline.identify.languages import canonical_tag, common_languages, known_languages, languages_of
from pipeline.identify.lexicon import malay_odds
from pipeline.identify.scripts import count_scripts, dominant_script, script_of


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("id", "id"), ("in", "id"), ("id-ID", "id"), ("ID_id", "id"), ("vi-VN", "vi"), ("en-GB", "en"),
        ("zh-TW", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"), ("zh-hans", "zh-Hans"), ("zh-CN", "zh-Hans"), (" ja ", "ja"),
        ("zh", None), ("", None), (None, None), ("xx", None), ("Indonesian text", None),
    ],
)  # fmt: skip
def test_declared_tags(declared, tag):
    assert canonical_tag(declared) == tag


def test_common_languages_are_known():
    assert common_languages() <= set(known_languages())


def test_detector_knows_every_language_it_is_asked_about():
    from pipeline.identify.ngrams import _identifier

    for script in ("Latin", "Cyrillic", "Arabic", "Devanagari", "Bengali"):
        assert set(_identifier(languages_of(script)).labels) == set(languages_of(script))


def test_scripts_of_letters():
    letters = {
        "a": "Latin",
        "ạ": "Latin",
        "я": "Cyrillic",
        "字": "Han",
        "の": "Kana",
        "한": "Hangul",
        "ก": "Thai",
        "𠀀": "Han",
    }
    assert {letter: script_of(letter) for letter in letters} == letters
    assert [script_of(sign) for sign in "1 。・…é́"[:-2]] == [None] * 5


def test_script_ranges_ascend_without_overlap():
    text = files("pipeline.identify").joinpath("scripts.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    bounds = [int(edge, 16) for row in rows for edge in row[:2]]
    assert bounds == sorted(bounds)


def test_counts_and_shares():
    assert count_scripts("ab 字1") == {"Latin": 2, "Han": 1}
    assert dominant_script("123") is None
    assert dominant_script("字") == ("Han", 1.0)


def test_no_word_is_on_both_sides():
    text = files("pipeline.identify").joinpath("malay_indonesian.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    malay, indonesian = ([word.lstrip("~") for row in rows for word in row[side].split()] for side in (0, 1))
    assert len(malay) == len(set(malay))
    assert len(indonesian) == len(set(indonesian))
    assert not set(malay) & set(indonesian)


def test_words_speak_for_their_side():
    assert malay_odds("kerana") > 0 > malay_odds("karena")
    assert malay_odds("sensibiliti") > 0 > malay_odds("sensibilitas")
    assert malay_odds("buku ini") == 0
    assert malay_odds("kerananya") == malay_odds("kerana")
