"""The table of text repairs: idempotent, the short cut equal to the long way, every name earned."""

import ftfy.badness
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalise.mojibake import is_bad
from pipeline.normalise.repairs import REPAIRS, is_sound, needs_no_repair, repair, repair_in_full

DAMAGE = st.sampled_from(
    [
        "Ã©", "â€œ", "Tiáº¿ng", "ÄãºÃ", "&amp;", "&lt;", "&nbsp;", "&#8211;", "\u00a0",
        "\u3000", "\u200b", "\u200d", "\u200e", "\ufeff", "\u00ad", "\x00", "\x1b[0m", "\x85",
        "\ufb01", "e\u0301", "**", "*", "[a](/b)", "_", "  ", " ", "港口", "的", "涓枃", "’", "“",
        "—", "ừ", "ا", "น้ำ", "👩‍💻", "a", "B", "1", ".", "\ud800", "𝒳", "ƒ", "‡", "\u0323",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(DAMAGE, max_size=15).map("".join), st.text(max_size=40))


@settings(deadline=None, max_examples=1000)
@given(TEXTS)
def test_idempotent(text):
    once, _ = repair(text)
    assert repair(once) == (once, ())


@settings(deadline=None, max_examples=1000)
@given(TEXTS)
def test_short_cut_equals_the_long_way(text):
    assert repair(text) == repair_in_full(text)


@settings(deadline=None, max_examples=500)
@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x2FF), max_size=30))
def test_short_cut_equals_the_long_way_in_latin(text):
    assert repair(text) == repair_in_full(text)


@settings(deadline=None, max_examples=500)
@given(st.text(alphabet="港的一。，“”‘’ーカ가한！Aa1 —", max_size=30))
def test_short_cut_equals_the_long_way_in_east_asia(text):
    assert repair(text) == repair_in_full(text)


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_a_change_has_a_name_and_no_change_has_none(text):
    fixed, names = repair(text)
    assert bool(names) >= (fixed != text)
    assert list(names) == [name for name in REPAIRS if name in names]


@pytest.mark.parametrize("name", REPAIRS)
@settings(deadline=None, max_examples=60)
@given(text=TEXTS)
def test_each_repair_takes_any_text(name, text):
    assert isinstance(REPAIRS[name](text), str)


@pytest.mark.parametrize(
    "text",
    [
        "Air surut pagi ini.",
        "桥开了，车来了。",
        "“Sẽ đến,” ông nói – thật?",
        "다리가 열렸다",
        "橋は開いた",
        "Größe für Ärzte",
    ],
)
def test_clean_text_takes_the_short_cut(text):
    assert needs_no_repair(text)


def test_nested_escapes_end():
    assert repair("&" + "amp;" * 5000 + "lt;")[0] == "<"


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("aZ1 .,’–…àéöđĂÂÃÐœß€“”×²²°ØÙ¼вЂГў\x85’ò中，ก"), max_size=12))
def test_bad_text_is_known_by_its_doubtful_places(text):
    assert is_bad(text) == ftfy.badness.is_bad(text)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.sampled_from("aÃÂ â€™ é́ó中ä½ "), max_size=8), max_size=4))
def test_no_part_of_a_sound_page_needs_decoding(lines):
    if is_sound("\n".join(lines)):
        assert all(needs_no_repair(line) == needs_no_repair(line, sound=True) for line in lines)
