"""An article becomes sentences in page order, in each block's own language."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import SegmentConfig
from pipeline.records import Block, Kind, Sentence
from pipeline.segment import segment

CONFIG = SegmentConfig()


def block(number, text, kind=Kind.PARAGRAPH, *, keep=True, lang=None):
    return Block(number, number, number, 0, len(text), text, text, kind, keep, lang=lang)


def test_sentences_are_numbered_within_their_block():
    blocks = (block(1, "Satu. Dua tiga."), block(2, "Empat lima."))
    assert segment(blocks, "id", CONFIG) == (
        Sentence(1, 0, "Satu.", "id"),
        Sentence(1, 1, "Dua tiga.", "id"),
        Sentence(2, 0, "Empat lima.", "id"),
    )


def test_removed_and_empty_blocks_have_no_sentences():
    assert segment((block(1, "Bagikan. Sekarang.", Kind.DEBRIS, keep=False), block(2, "  ")), "id", CONFIG) == ()


def test_heading_and_title_are_one_sentence_each():
    blocks = (block(1, "Banjir! Apa yang terjadi?", Kind.TITLE), block(2, " Bab 1. Air naik. ", Kind.HEADING))
    assert [sentence.source for sentence in segment(blocks, "id", CONFIG)] == [
        "Banjir! Apa yang terjadi?",
        "Bab 1. Air naik.",
    ]


def test_list_items_and_quotes_are_cut_like_paragraphs():
    for kind in (Kind.LIST_ITEM, Kind.QUOTE):
        assert len(segment((block(1, "Air naik. Kami pergi.", kind),), "id", CONFIG)) == 2


def test_language_is_the_blocks_own_else_the_articles():
    blocks = (block(1, "Hello there.", lang="en"), block(2, "Halo semua."))
    assert [sentence.lang for sentence in segment(blocks, "id", CONFIG)] == ["en", "id"]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(list(Kind)), st.booleans()), max_size=8))
def test_kept_text_is_preserved_block_by_block(parts):
    blocks = tuple(block(n, text, kind, keep=keep) for n, (text, kind, keep) in enumerate(parts))
    sentences = segment(blocks, "zh-Hans", CONFIG)
    ids = [sentence.block_id for sentence in sentences]
    assert ids == sorted(ids)
    for one in blocks:
        own = "".join(sentence.source for sentence in sentences if sentence.block_id == one.block_id)
        assert "".join(own.split()) == ("".join(one.text.split()) if one.keep else "")


def test_a_block_does_not_depend_on_its_neighbours():
    alone = segment((block(3, "Dr. Ana datang. Ia duduk."),), "id", CONFIG)
    among = segment(
        (block(1, "Kami, dkk."), block(3, "Dr. Ana datang. Ia duduk."), block(4, "dan pulang.")), "id", CONFIG
    )
    assert alone == tuple(sentence for sentence in among if sentence.block_id == 3)
    assert replace(alone[0], sent_id=0) == alone[0]
