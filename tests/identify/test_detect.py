"""One text, one language: scripts, variants, neighbours that others confuse, and mixtures."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.config import IdentifyConfig
from pipeline.identify import detect
from pipeline.identify.languages import known_languages

CASES = json.loads(Path(__file__).with_name("cases").joinpath("texts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}: {case.get('why', case['text'])[:40]}")
def test_case(case):
    assert detect(case["text"]).lang == case["lang"]


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200), st.sampled_from([None, "id", "zh-Hant", "ja"]))
def test_any_text_gets_a_known_language_and_a_probability(text, prior):
    lang, confidence = detect(text, prior)
    assert lang in {*known_languages(), "und"}
    assert 0 <= confidence <= 1
    assert (lang == "und") == (confidence == 0)


def test_answers_do_not_depend_on_what_was_asked_before():
    texts = [case["text"] for case in CASES]
    first = {text: detect(text) for text in texts}
    texts.reverse()
    assert {text: detect(text) for text in texts} == first


@pytest.mark.parametrize("prior", ["zh-Hans", "zh-Hant", "ja"])
def test_prior_decides_what_the_characters_leave_open(prior):
    assert detect("政治", prior).lang == prior


def test_prior_yields_to_one_clear_character():
    assert detect("台灣", "zh-Hans").lang == "zh-Hant"


@pytest.mark.parametrize("prior", ["id", "ms"])
def test_prior_decides_between_malay_and_indonesian_when_no_word_tells(prior):
    assert detect("Buku ini baik", prior).lang == prior


def test_prior_yields_to_telling_words():
    assert detect("Kerana polis tidak datang ke hospital.", "id").lang == "ms"


@pytest.mark.parametrize(
    "text",
    ["Phạm Nhật Vượng is the richest man in Vietnam", "Nguyễn Phú Trọng, the general secretary, met reporters"],
)
def test_a_vietnamese_name_makes_no_vietnamese(text):
    assert detect(text, "en").lang == "en"


def test_a_vietnamese_headline_is_vietnamese_for_all_its_capitals():
    assert detect("HÀ NỘI ĐÓN MƯA LỚN", "en").lang == "vi"


def test_one_tag_may_stand_for_two_scripts():
    both = IdentifyConfig(languages=("EN", "zh"))
    assert [detect(text, None, both).lang for text in ("圖書館開了", "图书馆开了")] == ["zh-Hant", "zh-Hans"]
    assert detect("圖書館開了", None, IdentifyConfig(languages=("en", "zh-TW"))).lang == "zh-Hant"
    with pytest.raises(ValidationError, match="tlh"):
        IdentifyConfig(languages=("tlh",))


def test_prior_of_another_script_is_ignored():
    assert detect("圖書館", "id") == detect("圖書館")


def test_only_the_configured_languages_are_considered():
    text = "Le train est arrivé en retard ce matin."
    assert detect(text, None, IdentifyConfig(languages=("id", "en"))).lang in {"id", "en"}
    assert detect("오늘", None, IdentifyConfig(languages=("id", "en"))).lang == "und"


def test_no_more_than_the_sample_is_read():
    text = "Hujan turun sejak pagi karena angin barat. " * 3
    config = IdentifyConfig(sample=len(text))
    assert detect(text + "圖書館" * 1_000, None, config) == detect(text, None, config)


def test_upper_and_lower_case_are_the_same_language():
    text = "Pemerintah kota membuka kantor baru karena warga bertambah."
    assert detect(text.upper()).lang == detect(text).lang == "id"


def test_a_megabyte_is_read_quickly():
    detect("hangat")
    start = time.process_time()
    detect("Hujan turun sejak pagi. " * 43_000)
    assert time.process_time() - start < 1
