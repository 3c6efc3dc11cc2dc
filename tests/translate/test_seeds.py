"""The shipped model on real articles: whatever it gets wrong carries a flag.

The checks are made anew here, more crudely than the guards, so that a fault in a guard cannot hide itself.
"""

import re

import pytest

from pipeline.config import TranslateConfig
from pipeline.segment import split
from pipeline.translate import DictMemory, Translator, numbers
from pipeline.translate.shares import flagged
from tests.shared import shared

ARTICLES = {"id": "000_2a2f8244310ae881.txt", "vi": "002_1fc83d6af2e2c079.txt", "zh-Hans": "003_fe9e4e6ee1c6de69.txt"}
SENTENCES = 30


@pytest.fixture(scope="module")
def translated(shipped_store):
    items = []
    for lang, name in ARTICLES.items():
        lines = shared("seeds", name).read_text(encoding="utf-8").splitlines()
        found = [sentence for line in lines if len(line) > 15 for sentence in split(line, lang)]
        items += [(sentence, lang) for sentence in found[-SENTENCES:]]
    found = Translator(shipped_store, TranslateConfig(), DictMemory()).translate(items)
    return [(source, lang, hypothesis) for (source, lang), hypothesis in zip(items, found, strict=True)]


def test_no_loop_passes_unflagged(translated):
    for _, _, hypothesis in translated:
        words = re.findall(r"\w+", hypothesis.english.lower())
        loops = any(
            words[i : i + n] == words[i + n : i + 2 * n] == words[i + 2 * n : i + 3 * n]
            for n in range(1, 7)
            for i in range(len(words) - 3 * n + 1)
        )
        assert not loops or "repetition" in hypothesis.flags, hypothesis


def test_nothing_empty_or_copied_passes_unflagged(translated):
    for source, _, hypothesis in translated:
        assert hypothesis.english.strip() or "empty" in hypothesis.flags
        if hypothesis.english.strip() == source.strip() and hypothesis.model:
            assert "copied" in hypothesis.flags, source


def test_every_number_is_there_or_flagged(translated):
    for source, lang, hypothesis in translated:
        said = numbers.values(hypothesis.english, "en")
        plain = re.findall(r"(?<![\w.,:/-])\d{1,2}(?![\w.,:/%-])", source) if lang != "zh-Hans" else []
        missing = [number for number in plain if float(number) not in said]
        scaled = re.search(r"\d\s*(?:ribu|juta|miliar|triliun|nghìn|triệu|tỷ|tỉ)", source)
        assert not missing or scaled or "number_lost" in hypothesis.flags, (source, hypothesis)


def test_hardly_any_han_characters_remain(translated):
    left = [hypothesis for _, _, hypothesis in translated if re.search(r"[㐀-鿿]", hypothesis.english)]
    assert len(left) < 0.02 * len(translated)
    assert all("wrong_script" in hypothesis.flags for hypothesis in left)


def test_the_retry_leaves_little_flagged(translated):
    shares = flagged(hypothesis.flags for _, _, hypothesis in translated)
    assert shares.after <= shares.before
    assert shares.after < 0.1 * shares.n
