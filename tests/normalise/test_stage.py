"""What normalise promises about every seed: spans, order, completeness, stability."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import NormaliseConfig
from pipeline.ingest.decode import unify_line_endings
from pipeline.normalise import normalise
from pipeline.normalise.lines import BLANK
from pipeline.normalise.repairs import repair
from pipeline.records import Declared, Kind, Seed
from tests.shared import shared

PIECES = st.sampled_from(
    [
        "Air surut pagi ini.", "Nama Orang, Kota:", "## 2 Judul baru", "• satu *dua",
        "1. pertama", "2. kedua", "\n", "\n\n", " ", "  ", "\u3000", "\u2028", "\v", "\f",
        "\u200b", "\ufeff", "\u00a0", "\x85", "\x00", "&amp;", "&nbsp;", "**", "*",
        "[a](http://b)", "桥开了。", "他表示：", "：", "-", "anak-", "Tiáº¿ng Viá»‡t", "ÄãºÃÊÀ½ç", "> ",
        "# ", "\ud83d\ude00",
        "kata kata kata kata kata kata kata kata kata kata kata kata kata\n",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=80)).map(unify_line_endings)


def make_seed(text, **declared):
    return Seed("0" * 16, "0" * 64, len(text), "utf-8", text, Declared(**declared))


def blocks_of(text, **declared):
    return normalise(make_seed(text, **declared), NormaliseConfig())


def check_promises(text, blocks):
    """Spans point at what they hold, in page order and apart; every visible character lies in one; lines agree."""
    end = 0
    outside = []
    for block in blocks:
        assert text[block.char_start : block.char_end] == block.text_raw
        assert end <= block.char_start < block.char_end
        outside.append(text[end : block.char_start])
        end = block.char_end
        assert block.line_start == text.count("\n", 0, block.char_start) + 1
        assert block.line_end == text.count("\n", 0, block.char_end) + 1
    outside.append(text[end:])
    assert not "".join(outside).strip(BLANK)
    assert [block.block_id for block in blocks] == list(range(len(blocks)))


@settings(deadline=None, max_examples=400)
@given(TEXTS)
def test_promises_hold_for_any_text(text):
    check_promises(text, blocks_of(text))


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_text_differs_from_the_raw_text_only_by_named_repairs(text):
    for block in blocks_of(text):
        assert block.repairs or block.text == block.text_raw


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_deterministic(text):
    assert blocks_of(text) == blocks_of(text)


def test_empty_text_gives_no_blocks():
    assert blocks_of("") == ()
    assert blocks_of(" \n\u200b\n\u3000\n") == ()


def test_declared_title_becomes_block_0_on_line_0():
    blocks = blocks_of("Isi pertama.\nIsi kedua.", title="Banjir  surut")
    first = blocks[0]
    assert (first.block_id, first.line_start, first.line_end, first.char_start, first.char_end) == (0, 0, 0, 0, 0)
    assert (first.text_raw, first.text, first.kind) == ("", "Banjir surut", Kind.TITLE)
    assert [(block.block_id, block.line_start, block.kind) for block in blocks[1:]] == [
        (1, 1, Kind.PARAGRAPH),
        (2, 2, Kind.PARAGRAPH),
    ]


def test_declared_title_that_is_the_first_line_is_not_repeated():
    blocks = blocks_of("\n# Banjir surut!\nIsi.", title="BANJIR SURUT")
    assert [(block.line_start, block.text, block.kind) for block in blocks] == [
        (2, "Banjir surut!", Kind.TITLE),
        (3, "Isi.", Kind.PARAGRAPH),
    ]


def test_title_alone_survives_a_text_of_blanks():
    blocks = blocks_of("\u200b", title="Banjir")
    assert [(block.line_start, block.text) for block in blocks] == [(0, "Banjir")]


def test_declared_title_is_repaired():
    assert blocks_of("Isi.", title="Tiáº¿ng &amp; Viá»‡t")[0].text == "Tiếng & Việt"


@pytest.mark.parametrize("first", ["- satu", "> kata orang", "x" * 300])
def test_first_line_that_does_not_stand_like_a_title_is_none(first):
    assert blocks_of(f"{first}\nIsi.")[0].kind is not Kind.TITLE


def test_a_single_line_is_no_title():
    assert blocks_of("Air surut.")[0].kind is Kind.PARAGRAPH


def test_lines_of_joined_blocks_count_from_first_to_last():
    line = "kata yang sama berulang sampai kolom keenam puluh lima tercapai ya"
    blocks = blocks_of(f"Judul\n\n{line}\n{line}\n{line}\n{line}\nselesai.\n\nBaru.")
    assert [(block.line_start, block.line_end) for block in blocks] == [(1, 1), (3, 7), (9, 9)]
    assert blocks[1].repairs == ("rejoined",)


def test_rejoining_can_be_switched_off():
    line = "kata yang sama berulang sampai kolom keenam puluh lima tercapai ya"
    text = f"Judul\n\n{line}\n{line}\n{line}\n{line}\nselesai."
    assert len(normalise(make_seed(text), NormaliseConfig(rejoin_lines=False))) == 6


def test_mark_is_a_repair_and_stays_in_the_raw_text():
    block = blocks_of("Judul\n## Cuaca &amp; laut")[1]
    assert (block.text, block.text_raw, block.repairs) == ("Cuaca & laut", "## Cuaca &amp; laut", ("entities", "mark"))


def test_a_block_that_repair_empties_says_why():
    block = blocks_of("Judul\n&nbsp;\nIsi.")[1]
    assert (block.text, block.keep, block.kind, block.rule) == ("", False, Kind.DEBRIS, "normalise.empty")


def test_mojibake_quoted_on_a_good_page_does_not_spread():
    lines = [
        "Kafe Ã©toile",
        "Café über São",
        "Señor Müller à la carte",
        "Tiáº¿ng Viá»‡t",
        "Chá»£ ná»•i",
        "Ärzte für Köln",
    ]
    texts = [block.text for block in blocks_of("\n".join(lines))]
    assert texts[1] == lines[1]
    assert texts[2] == lines[2]
    assert texts[5] == lines[5]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["Air surut.", "桥开了。", "Chợ nổi", "harga naik 5%"]), min_size=1, max_size=8))
def test_good_lines_are_their_own_blocks(lines):
    assert [block.text for block in blocks_of("\n".join(lines))] == [repair(line)[0] for line in lines]


@pytest.mark.parametrize("folder", ["seeds", "gold/align_multi/txt_dev", "gold/debris_web/txt_dev"])
def test_promises_hold_on_real_pages(folder):
    for path in sorted(shared(*folder.split("/")).iterdir()):
        text = unify_line_endings(path.read_text(encoding="utf-8"))
        check_promises(text, blocks_of(text))


def test_gold_lines_are_practically_never_joined():
    """One page of the web gold is hard-wrapped, one has readings set apart; elsewhere a line is a paragraph."""
    joined = [
        path.name
        for folder in ("gold/align_multi/txt_dev", "gold/debris_web/txt_dev", "seeds")
        for path in sorted(shared(*folder.split("/")).iterdir())
        if any(block.line_start < block.line_end for block in blocks_of(path.read_text(encoding="utf-8")))
    ]
    assert joined == ["fundus-jp_YomiuriShimbun_2024_12_03.txt", "zhhand_05e98007-d810-4036-b154-2ef2fe68c2af.txt"]


def test_the_interview_seed_is_cut_apart():
    """Counted by eye: 14 glued headings, 23 speaker labels at the end of a paragraph, one pair of list items."""
    (path,) = shared("seeds").glob("001_*")
    blocks = blocks_of(path.read_text(encoding="utf-8"))
    lines = {}
    for block in blocks:
        lines.setdefault(block.line_start, []).append(block)
    later = [block for parts in lines.values() for block in parts[1:]]
    assert sum(block.kind is Kind.HEADING for block in later) == 14
    assert sum(block.text.endswith(":") for block in later) == 23
    assert sum(block.kind is Kind.LIST_ITEM for block in later) == 1
    assert len(later) == 38


def test_time_grows_with_length_only():
    """A page of 200,000 lines, and single lines built to trip a regular expression."""
    for text in (
        "Baris pendek saja\n" * 200_000,
        "**a " * 50_000,
        "a ## " * 50_000,
        "[a](http://" * 20_000,
        "• a *b " * 50_000,
    ):
        start = time.process_time()
        blocks_of(text)
        assert time.process_time() - start < 20
