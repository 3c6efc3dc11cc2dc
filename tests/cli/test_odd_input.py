"""Input that nobody meant to write: no command crashes, hangs or stays silent, and every record survives the cache."""

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.clean import clean
from pipeline.clean.repetition import SourceLines, source_lines
from pipeline.cli.app import app
from pipeline.config import Config
from pipeline.identify import identify
from pipeline.ingest import Ingested, read_articles
from pipeline.normalise import normalise
from pipeline.runner.codec import pack, unpack
from pipeline.runner.steps import RESULT_TYPES
from pipeline.segment import segment

CONFIG = Config()
LINE = "On Tuesday morning the fishermen of Greystone noticed that the river had turned brown."
FILES = {
    "debris.txt": b"Share\nTweet\n12 comments\nHome > News\nAdvertisement\nRead more\n",
    "title.txt": b"Brown river worries Greystone",
    "letter.txt": b"a",
    "dot.txt": b".",
    "controls.txt": f"{LINE}\x1b[31mred\x1b[0m\x07 \n{LINE}".encode(),
    "endings.txt": f"{LINE}\r\n{LINE} b\r{LINE} c\r\r\n{LINE} d\n\r{LINE} e\x85{LINE}\u2028{LINE}\v{LINE}\f".encode(),
    "rtl.txt": "لاحظ الصيادون أن النهر قد تحول إلى اللون البني.\n\u202eعكس النص\u202c\nשלום עולם".encode(),
    "mixed.txt": "桥昨天重新开放。\n".encode("gb18030") * 5 + "Đò ngang chạy lại.\n".encode() * 5,
    "nul.txt": LINE.encode() * 5 + b"\0" + LINE.encode() * 5,
    "noncharacters.txt": f"\ufffe\uffff\U0010ffff \ue000 {LINE}".encode(),
    "accents.txt": ("a" + "\u0301" * 20_000 + "\n" + LINE).encode(),
    "marks.txt": b"#\n## \n- \n* \n1.\n>\n---\n\n" * 20,
    "invisible.txt": "\u200b\u200b\n\u200b\n\ufeff\n".encode(),
    "twice.txt.gz": gzip.compress(gzip.compress(LINE.encode())),
    "twice.txt.gz.gz": gzip.compress(gzip.compress(LINE.encode())),
    "halves.jsonl": rb'{"text": "\ud800 a", "title": "\udfff", "url": "http://[\ud800", "id": "\udc00"}',
    "title.jsonl": b'{"text": " ", "title": "Brown river"}\n{"text": ".", "title": "Brown river"}',
    "types.jsonl": b'{"text": 3}\n{"text": "a", "title": 3}\n{"text": {"a": 1}}\n{"text": "a", "id": 1e999}',
    "nulls.jsonl": b'{"text": "a", "title": null, "url": null, "id": null}\n{"text": "\\u0000 a", "title": "\\u0000"}',
    "deep.jsonl": b'{"text": "a", "x": ' + b"[" * 90_000 + b"]" * 90_000 + b"}",
    "café\n🛶 #1.txt": LINE.encode(),
    "-.txt": LINE.encode(),
    "[bold]x.txt": LINE.encode(),
}
COMMANDS = (("clean",), ("clean", "--json"), ("detect",), ("detect", "--lines", "--json"))


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", FILES, ids=ascii)
def test_odd_files_get_an_answer_or_a_reason(tmp_path, command, name):
    (tmp_path / name).write_bytes(FILES[name])
    result = run(*command, "--", tmp_path / name)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == (1 if result.stderr else 0)
    assert result.stdout or result.stderr
    if "--json" in command:
        assert all(isinstance(json.loads(row), dict) for row in result.stdout.split("\n") if row)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_name_need_not_be_text(tmp_path, command):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(LINE)
    result = run(*command, path)
    assert result.exit_code == 0
    if "--json" in command:
        assert json.loads(result.stdout.splitlines()[0])["file"].endswith("caf\\xe9.txt")


@pytest.mark.parametrize("line", [LINE + " ", "a", "桥昨天重新开放，人们步行过河。"])
def test_one_endless_line(line):
    survives((line * (2_000_000 // len(line))).encode(), "a.txt")


SPACES = ("\n", "\n\n", "\r", "\u2028", "\x85", "\f", " ", "\u3000", "\u200b", "\u202e", "\0", "\ufeff")
PHRASES = ("Share", "Home > News", "12 comments", "## ", "- ", "1. ", "•", "By Mara Quill", "作者：林", "99/99/9999")
CHARACTERS = ("Ã©", "â€™", "&amp;", "&#xD800;", "ﬁ", "①", "１２", "٣٤٥", "²", "İ", "ß", "e\u0301", "“", "👨‍👩‍👧")
BREAKERS = ("\ud800", "\udc00", "\ufffd", "\U0010ffff", "http://[x", "a" * 300, "桥昨天重新开放，", LINE)
PIECES = st.sampled_from((*SPACES, *PHRASES, *CHARACTERS, *BREAKERS))
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.sampled_from(["utf-8", "gb18030", "utf-16", "cp1252", "shift_jis"]))
def test_any_text_survives_every_stage(text, encoding):
    survives(text.encode(encoding, "surrogatepass" if encoding == "utf-8" else "replace"), "a.txt")


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS, st.booleans())
def test_any_record_survives_every_stage(text, other, escaped):
    record = {"text": text, "title": other, "url": other, "language": other, "published": other, "id": other}
    survives(json.dumps(record, ensure_ascii=escaped).encode("utf-8", "surrogatepass"), "a.jsonl")


def survives(data, name):
    """Take a file through the stages of an article; each record comes back equal from the cache's format."""
    for article in read_articles(data, name, CONFIG.ingest):
        if not isinstance(article, Ingested):
            article.message.encode()
            continue
        seed = kept("ingest", article.seed)
        blocks = kept("normalise", normalise(seed, CONFIG.normalise))
        assert all(seed.text[block.char_start : block.char_end] == block.text_raw for block in blocks)
        cleaned = kept("clean", clean(blocks, CONFIG.clean))
        pack(SourceLines, source_lines(cleaned, seed.declared))
        found = kept("identify", identify(cleaned.blocks, seed.declared.language, CONFIG.identify))
        kept("segment", segment(found.blocks, found.lang, CONFIG.segment))


def kept(stage, record):
    """Return what the cache gives back for the result of a stage."""
    again = unpack(RESULT_TYPES[stage], pack(RESULT_TYPES[stage], record))
    assert again == record
    return again
