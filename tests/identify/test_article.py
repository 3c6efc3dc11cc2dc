"""The article's language is its kept text's; lines that cannot tell follow it, lines that can do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import IdentifyConfig
from pipeline.identify import identify
from pipeline.records import Block, Kind, LanguageVote

CONFIG = IdentifyConfig()
INDONESIAN = "Warga desa membersihkan saluran air sebelum musim hujan karena tahun lalu banjir merusak sawah."
TRADITIONAL = "村民在雨季以前清理水溝，因為去年的洪水毀了稻田。"
VIETNAMESE = "Dân làng dọn kênh trước mùa mưa vì năm ngoái lũ đã phá hỏng ruộng lúa."


def block(number, text, *, keep=True):
    return Block(number, number, number, 0, len(text), text, text, Kind.PARAGRAPH if keep else Kind.DEBRIS, keep)


def article(*texts, declared=None, config=CONFIG):
    return identify(tuple(block(n, text) for n, text in enumerate(texts, 1)), declared, config)


def langs(found):
    return [one.lang for one in found.blocks]


def test_every_block_is_labelled_and_nothing_else_changes():
    blocks = (block(1, INDONESIAN), block(2, "Bagikan", keep=False), block(3, "12:30"))
    found = identify(blocks, None, CONFIG)
    assert found.lang == "id"
    assert [one.lang for one in found.blocks] == ["id", "id", "id"]
    assert [(one.text, one.keep) for one in found.blocks] == [(one.text, one.keep) for one in blocks]


def test_removed_text_has_no_vote():
    blocks = (block(1, INDONESIAN), *(block(n, TRADITIONAL, keep=False) for n in range(2, 9)))
    found = identify(blocks, None, CONFIG)
    assert found.lang == "id"
    assert found.votes == (LanguageVote("id", sum(c.isalpha() for c in INDONESIAN)),)
    assert found.blocks[-1].lang == "zh-Hant"


def test_letters_are_weighed_not_lines():
    found = article(INDONESIAN * 4, "Good morning to all of you here.", "This is the second line.", "And a third one.")
    assert found.lang == "id"
    assert langs(found)[1] == "en"


def test_short_lines_follow_the_article():
    assert langs(article(INDONESIAN, "Hadiah", "Lihat Asli", "qrCode", "OK")) == ["id"] * 5
    assert langs(article(TRADITIONAL, "政治", "Topic 1", "OpenSky")) == ["zh-Hant"] * 4


def test_a_clear_line_of_another_language_keeps_its_own():
    assert langs(article(INDONESIAN, VIETNAMESE, TRADITIONAL)) == ["id", "vi", "zh-Hant"]


def test_neutral_lines_leave_the_variant_to_telling_ones():
    assert article("政治和文化", "人文", "他在屋里坐下", "天黑以後", TRADITIONAL).lang == "zh-Hant"


def test_declared_language_tips_the_scales_only():
    assert article("政治", declared="zh-TW").lang == "zh-Hant"
    assert article("政治", declared="zh-CN").lang == "zh-Hans"
    assert article(INDONESIAN, declared="vi").lang == "id"
    assert article(INDONESIAN, declared="no such tag!").lang == "id"


@pytest.mark.parametrize("texts", [(), ("",), ("12:30", "…", "👍")])
def test_no_letters_no_language(texts):
    found = article(*texts)
    assert (found.lang, found.confidence, found.votes) == ("und", 0.0, ())
    assert set(langs(found)) <= {"und"}


def test_votes_descend_and_count_letters():
    found = article(INDONESIAN * 2, VIETNAMESE)
    assert [vote.lang for vote in found.votes] == ["id", "vi"]
    assert found.votes[0].characters > found.votes[1].characters


def test_order_of_blocks_does_not_matter():
    texts = [INDONESIAN, VIETNAMESE, TRADITIONAL, "Hadiah", "政治"]
    expected = article(*texts)
    texts = texts[3:] + texts[:3][::-1]
    shuffled = article(*texts)
    assert (shuffled.lang, shuffled.votes) == (expected.lang, expected.votes)
    assert {one.text: one.lang for one in shuffled.blocks} == {one.text: one.lang for one in expected.blocks}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=6), st.none() | st.text(max_size=8))
def test_any_article_is_labelled(texts, declared):
    found = article(*texts, declared=declared)
    assert all(one.lang for one in found.blocks)
    assert 0 <= found.confidence <= 1
