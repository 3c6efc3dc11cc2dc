import importlib.util

import pytest

from pipeline.errors import MissingExtraError
from training.chinese import dictionary_pairs, make_traditional, read_cedict
from training.pairs import Pair

ENTRIES = """# a comment
漁船 渔船 [yu2 chuan2] /fishing boat/CL:條|条[tiao2]/
海港 海港 [hai3 gang3] /(sea) harbor/seaport/
舟 舟 [zhou1] /variant of 船/
長句 长句 [chang2 ju4] /a meaning that goes on far too long to learn/
北島 北岛 [Bei3 dao3] /North Island; an island/
"""


def test_the_first_short_meaning_is_taken():
    found = list(read_cedict(ENTRIES.splitlines()))
    assert found == [
        ("漁船", "渔船", "fishing boat"),
        ("海港", "海港", "harbor"),
        ("北島", "北岛", "North Island"),
    ]


def test_names_come_first_and_both_scripts_are_given(tmp_path):
    path = tmp_path / "cedict.u8"
    path.write_text(ENTRIES, encoding="utf-8")
    pairs = dictionary_pairs(path, 3, 1)
    assert pairs[0] == Pair("北岛", "North Island", "zh-Hans", "cc_cedict")
    assert [pair.lang for pair in pairs] == ["zh-Hans", "zh-Hant", "zh-Hans"]
    assert len(dictionary_pairs(path, 2, 1)) == 2


def test_without_a_share_nothing_is_converted_and_opencc_not_needed():
    pairs = [Pair("渔船", "fishing boat", "zh-Hans", "ours")]
    assert list(make_traditional(pairs, 0.0, 1)) == pairs


@pytest.mark.skipif(importlib.util.find_spec("opencc") is None, reason="needs the extra 'train' (OpenCC)")
def test_simplified_becomes_traditional_and_others_stay():
    pairs = [Pair("渔船到港", "a boat", "zh-Hans", "ours"), Pair("tàu", "a boat", "vi", "ours")]
    made = list(make_traditional(pairs, 1.0, 1))
    assert made == [Pair("漁船到港", "a boat", "zh-Hant", "ours"), pairs[1]]


@pytest.mark.skipif(importlib.util.find_spec("opencc") is not None, reason="OpenCC is installed")
def test_without_opencc_the_extra_is_named():
    with pytest.raises(MissingExtraError, match="train"):
        list(make_traditional([Pair("渔船", "boat", "zh-Hans", "ours")], 0.5, 1))
