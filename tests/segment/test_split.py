"""Sentences end where a reader would end them, and nothing is lost on the way."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import SegmentConfig
from pipeline.segment import split

CASES = json.loads(Path(__file__).with_name("cases").joinpath("sentences.json").read_text(encoding="utf-8"))
SPACELESS = {"zh-Hans", "zh-Hant", "ja", "km"}
LANGS = ("id", "vi", "zh-Hans", "zh-Hant", "en", "ja", "ko", "th", "km", "und")
PIECES = [
    "Rumah",
    "itu",
    "3.5",
    "U.S.",
    "Dr.",
    "No.",
    "5",
    "。",
    "！",
    "？",
    "……",
    "...",
    "”",
    "“",
    "「",
    "」",
    "好",
    "了",
    "a",
    ".",
    "!",
    " ",
    "\n",
    "；",
    "：",
    "(",
    ")",
    "1.",
    '"',
    "ขอ",
    "។",
    "ạ",
]


def squeeze(text):
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}: {case['why']}")
def test_case(case):
    joint = case.get("joint", "" if case["lang"] in SPACELESS else " ")
    assert list(split(joint.join(case["sentences"]), case["lang"])) == case["sentences"]


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)), st.sampled_from(LANGS))
def test_nothing_is_lost_and_no_sentence_is_empty(text, lang):
    sentences = split(text, lang)
    assert squeeze("".join(sentences)) == squeeze(text)
    assert all(sentence and sentence == sentence.strip() for sentence in sentences)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join), st.sampled_from(LANGS))
def test_small_windows_lose_nothing(text, lang):
    config = SegmentConfig(window=100, long_quote=20)
    assert squeeze("".join(split(text, lang, config))) == squeeze(text)


def test_windows_do_not_show_when_sentences_are_ordinary():
    text = " ".join(f"Kalimat nomor {n} ini biasa saja." for n in range(400))
    assert len(split(text, "id")) == 400
    assert split(text, "id") == split(text, "id", SegmentConfig(window=300))


def test_long_quotation_is_cut_and_opening_marks_stay_with_what_they_open():
    first = "“Kami menunggu kapal itu sejak pukul lima pagi di dermaga yang dingin dan gelap bersama keluarga kami."
    second = "Tidak seorang pun memberi tahu kami apa yang terjadi sampai matahari sudah tinggi sekali,” kata Rini."
    third = "“Sekarang kami ingin pulang.”"
    assert list(split(f"{first} {second} {third}", "id")) == [first, second, third]


def test_short_quotation_stays_whole():
    assert split('She said "Go. Now." Then she left.', "en") == ('She said "Go. Now."', "Then she left.")


@pytest.mark.parametrize(
    "unit",
    ["a ", "好", "“", "(", '"a ', "A. ", "a.", ". ", " ", "。", "Satu dua. ", "……", "1. ", "》", "x。”"],
    ids=repr,
)
def test_time_is_linear(unit):
    def seconds(size):
        text = unit * (size // len(unit))
        start = time.process_time()
        split(text, "id")
        return time.process_time() - start

    seconds(1_000)  # warm
    small = min(seconds(50_000) for _ in range(2))
    assert seconds(200_000) < 12 * small + 0.1  # four times the text; quadratic time would be sixteen
