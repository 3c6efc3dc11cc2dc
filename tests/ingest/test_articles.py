"""One file's bytes to articles, and every reason for refusing them."""

import gzip
import hashlib
import json
import sys
from dataclasses import astuple

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import IngestConfig
from pipeline.ingest import SUFFIXES, Ingested, Rejected, read_articles
from pipeline.records import Declared

CONFIG = IngestConfig()
TEXT = "Air surut.\n\nJembatan dibuka lagi."


def one(data, name="a.txt", config=CONFIG):
    (article,) = read_articles(data, name, config)
    return article


def lines(*records):
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records).encode()


def test_a_text_file_is_one_article():
    article = one(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.locator == ""
    assert (article.seed.text, article.seed.encoding, article.seed.declared) == (TEXT, "utf-8", Declared())
    assert (article.seed.article_id, article.seed.sha256) == (digest[:16], digest)
    assert article.seed.n_bytes == len(TEXT)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT", "x/y.z.md"])
def test_plain_forms(name):
    assert one(TEXT.encode(), name).seed.text == TEXT


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.txt.gz", gzip.compress),
        ("a.txt.zst", zstandard.compress),
        ("a.md.gz", lambda data: gzip.compress(data[:5], mtime=0) + gzip.compress(data[5:])),
        ("a.md.zst", lambda data: zstandard.compress(data[:5]) + zstandard.compress(data[5:])),
    ],
)
def test_packed_forms_are_identified_by_their_bytes_on_disk(name, pack):
    data = pack(TEXT.encode())
    article = one(data, name)
    assert article.seed.text == TEXT
    assert article.seed.sha256 == hashlib.sha256(data).hexdigest()
    assert article.seed.n_bytes == len(data)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", "\u3000\u2028\u00a0".encode(), "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.txt", b"abc\x00def", "binary"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.txt", b"\x01\x02\x03 some text \x04\x05", "binary"),
        ("a.txt", b"%PDF-1.7 and so on", "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "binary"),
        ("a.txt", gzip.compress(b"x", mtime=0), "binary"),
        ("a.txt", bytes(range(0x80, 0x100)) * 4, "undecodable"),
        ("a.pdf", b"text", "unsupported"),
        ("a.gz", gzip.compress(b"text", mtime=0), "unsupported"),
        ("a.txt.gz", b"no gzip", "damaged"),
        ("a.txt.gz", gzip.compress(TEXT.encode(), mtime=0)[:-6], "damaged"),
        ("a.txt.zst", b"no zstd", "damaged"),
        ("a.txt.zst", zstandard.compress(TEXT.encode() * 99)[:-6], "damaged"),
        ("a.txt.zst", b"", "empty"),
        ("a.html", b"<html><body></body></html>", "empty"),
    ],
)
def test_refused_with_a_reason(name, data, code):
    article = one(data, name)
    assert isinstance(article, Rejected)
    assert article.code == code
    assert (article.record, article.n_bytes, article.sha256) == ("", len(data), hashlib.sha256(data).hexdigest())
    assert name in article.message
    assert len(article.message.split()) > 5


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_small_file_that_unfolds_to_much_is_refused(pack):
    suffix = "gz" if pack is gzip.compress else "zst"
    article = one(pack(b"a" * 2_000_000), f"a.txt.{suffix}", IngestConfig(max_bytes=100_000))
    assert article.code == "too_long"
    assert "100,000" in article.message


def test_the_longest_seed_is_taken():
    config = IngestConfig(max_bytes=100)
    assert isinstance(one(gzip.compress(b"a" * 100, mtime=0), "a.txt.gz", config), Ingested)
    assert one(gzip.compress(b"a" * 101, mtime=0), "a.txt.gz", config).code == "too_long"


def test_jsonl_gives_one_article_a_line():
    first = {"text": "Satu.", "id": 7, "url": "https://example.org", "title": " Judul\n satu ", "language": "id"}
    data = lines(first, "", {"text": "Dua.\r\nTiga.", "published": "2024-05-06", "views": 3})
    one_, two = read_articles(data, "a.jsonl", CONFIG)
    assert (one_.locator, two.locator) == ("#1", "#3")
    assert one_.seed.declared == Declared(id="7", url="https://example.org", title="Judul satu", language="id")
    assert two.seed.text == "Dua.\nTiga."
    assert two.seed.declared == Declared(published="2024-05-06")
    line = data.splitlines()[2]
    assert (two.seed.sha256, two.seed.n_bytes) == (hashlib.sha256(line).hexdigest(), len(line))


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("{", "bad_record"),
        ("[1]", "bad_record"),
        ("3", "bad_record"),
        ("{}", "bad_record"),
        ('{"text": 3}', "bad_record"),
        ('{"text": "a", "url": ["b"]}', "bad_record"),
        ("[" * 100_000, "bad_record"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "bad_record"),
        ('{"text": " "}', "empty"),
        ('{"text": "' + "a" * 2000 + '"}', "too_long"),
    ],
)
def test_a_bad_record_costs_only_itself(bad, code):
    config = IngestConfig(max_bytes=1000) if code == "too_long" else CONFIG
    good, rejected, also_good = read_articles(lines({"text": "a"}, bad, {"text": "b"}), "f/a.jsonl", config)
    assert (good.seed.text, also_good.seed.text) == ("a", "b")
    assert (rejected.record, rejected.code) == ("#2", code)
    assert "f/a.jsonl#2" in rejected.message


def test_line_endings_do_not_change_a_record():
    unix, windows = (
        read_articles(end.join((b'{"text":"a"}', b'{"text":"b"}')), "a.jsonl", CONFIG) for end in (b"\n", b"\r\n")
    )
    assert unix == windows


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_jsonl_in_other_unicode(encoding):
    data = '{"text": "桥开了"}\n{"text": "đò"}'.encode(encoding)
    assert [article.seed.text for article in read_articles(data, "a.jsonl", CONFIG)] == ["桥开了", "đò"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_jsonl_in_other_unicode_without_a_mark(encoding):
    data = '{"text": "The bridge is open."}\n{"text": "đò đã về"}\r\n{"text": "桥开了"}\n'.encode(encoding)
    texts = [article.seed.text for article in read_articles(data, "a.jsonl", CONFIG)]
    assert texts == ["The bridge is open.", "đò đã về", "桥开了"]


def test_a_zero_byte_costs_one_record_and_makes_no_han_of_the_others():
    found = read_articles(b'{"text": "The bridge is open"}\n{"text": "The\0 ferry"}\n', "a.jsonl", CONFIG)
    assert found[0].seed.text == "The bridge is open"
    assert found[1].code == "binary"


def test_a_line_end_of_other_systems_within_a_record_is_text():
    (found,) = read_articles('{"text": "Perahu\u0085nelayan pulang"}'.encode(), "a.jsonl", CONFIG)
    assert found.seed.text == "Perahu\nnelayan pulang"


@pytest.mark.parametrize(
    ("number", "date"),
    [
        (1710489600, "2024-03-15T08:00:00+00:00"),
        (1710489600000, "2024-03-15T08:00:00+00:00"),
        (1710489600.5, "2024-03-15T08:00:00+00:00"),
        (-86400, "1969-12-31T00:00:00+00:00"),
        (10**30, str(10**30)),
    ],
)
def test_numbers_are_dates_in_unix_time(number, date):
    record = f'{{"text": "The bridge is open.", "id": 1.5, "published": {number}}}'
    (found,) = read_articles(record.encode(), "a.jsonl", CONFIG)
    assert found.seed.declared.published == date
    assert found.seed.declared.id == "1.5"


def test_half_a_surrogate_pair_cannot_reach_a_file():
    seed = read_articles(b'{"text": "a\\ud83d b\\ud83d\\ude00", "title": "\\udc00x"}', "a.jsonl", CONFIG)[0].seed
    assert seed.text == "a\ufffd b😀"
    assert seed.declared.title == "\ufffdx"


def page(body, head=""):
    return f"<html lang='id'><head><title>Jembatan dibuka</title>{head}</head><body>{body}</body></html>"


PROSE = (
    "<article><h1>Jembatan dibuka</h1>" + "<p>Air sungai surut dan jembatan dibuka lagi untuk umum pagi ini.</p>" * 8
)
FURNITURE = "<nav><a href='/a'>Beranda</a> <a href='/b'>Olahraga</a></nav>"
META = (
    "<meta name='author' content='Ratna Wulandari'><meta property='og:site_name' content='Kabar Muara'>"
    "<meta property='article:published_time' content='2024-05-06'><link rel='canonical' href='https://example.org/a'>"
)


def test_html_is_reduced_to_its_main_text():
    pytest.importorskip("trafilatura", reason="reading HTML is the optional extra 'html'")
    seed = one(page(FURNITURE + PROSE + "</article>", META).encode(), "a.html").seed
    assert "jembatan dibuka lagi" in seed.text
    assert "Olahraga" not in seed.text
    assert seed.declared.title == "Jembatan dibuka"
    assert seed.declared.published == "2024-05-06"
    assert seed.declared.url == "https://example.org/a"
    assert seed.declared.byline == "Ratna Wulandari"
    assert seed.declared.source == "Kabar Muara"


def test_a_date_to_come_is_a_date():
    head = '<meta property="article:published_time" content="2031-05-06T07:00:00Z">'
    body = "<article><p>The bridge over the river is open again after two years of repair.</p></article>"
    (found,) = read_articles(page(body, head).encode(), "a.html", CONFIG)
    assert found.seed.declared.published == "2031-05-06"


def test_html_charset_is_believed():
    pytest.importorskip("trafilatura", reason="reading HTML is the optional extra 'html'")
    body = "<article>" + "<p>老桥昨天重新开放，人们步行过河。</p>" * 10 + "</article>"
    seed = one(page(body, "<meta charset=gb2312>").encode("gb18030"), "a.htm").seed
    assert seed.encoding == "gb18030"
    assert "老桥昨天重新开放" in seed.text


@pytest.mark.parametrize(
    "charset",
    ["nonsense", "base64", "utf-8", "big5", "idna", "undefined", "unicode_escape", "utf-7", "utf-16", "utf-32le"],
)
def test_html_charset_that_is_wrong_is_not(charset):
    pytest.importorskip("trafilatura", reason="reading HTML is the optional extra 'html'")
    body = "<article>" + "<p>Größe für Ärzte: die Brücke ist wieder geöffnet worden.</p>" * 10 + "</article>"
    seed = one(page(body, f"<meta charset='{charset}'>").encode("cp1252"), "a.html").seed
    assert "Größe für Ärzte" in seed.text


def test_html_cannot_declare_what_no_file_can_hold():
    pytest.importorskip("trafilatura", reason="reading HTML is the optional extra 'html'")
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "x\ud800\n y",
        "inLanguage": "id\udc00",
    }
    said |= {"author": {"@type": "Person", "name": "Rina\udc00"}, "publisher": {"name": "Kabar\ud83d"}}
    head = f"<script type='application/ld+json'>{json.dumps(said)}</script>"
    seed = one(page(PROSE + "&#xD800;&#55357;</article>", head).encode(), "a.html").seed
    for text in filter(None, (seed.text, *astuple(seed.declared))):
        text.encode()
    assert all("\n" not in value for value in astuple(seed.declared) if value)


def test_html_that_breaks_its_reader_costs_only_itself(monkeypatch):
    trafilatura = pytest.importorskip("trafilatura", reason="reading HTML is the optional extra 'html'")

    def fail(*_, **__):
        raise RecursionError("too deep")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    article = one(page(PROSE).encode(), "a.html")
    assert article.code == "failed"
    assert "too deep" in article.message


def test_html_without_the_extra_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    article = one(page(PROSE).encode(), "a.html")
    assert article.code == "needs_extra"
    assert "pip install 'pipeline[html]'" in article.message


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300), st.sampled_from([suffix for suffix in SUFFIXES if "htm" not in suffix] + [".bin"]))
def test_any_bytes_give_articles_or_reasons(data, suffix):
    articles = read_articles(data, f"a{suffix}", CONFIG)
    assert articles
    for article in articles:
        if isinstance(article, Ingested):
            assert article.seed.text.strip()
            assert "\r" not in article.seed.text
            article.seed.text.encode()
        else:
            assert article.code
            assert article.message
