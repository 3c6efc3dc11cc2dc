import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.config import EmitConfig
from pipeline.emit import duplicate_of
from pipeline.emit.quarantine import Quarantined, write_quarantine
from pipeline.errors import ConfigError
from pipeline.records import Kind
from pipeline.report import html, numbers, samples, write_report
from pipeline.report.page import SECTIONS
from tests.emit.factories import HARBOUR_ID, HARBOUR_VI, bead, dossier, emit, harbour_and_library, many_stories

ATTACK = '<script src="https://example.org/x.js">alert(1)</script>'
VOID = {"meta", "br", "!doctype"}


class Page(HTMLParser):
    """Checks that elements nest, and gathers text, elements and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def says(self, text: str) -> bool:
        return text in "\n".join(self.text)


def build(folder, dossiers, beads=(), quarantined=()):
    folder.mkdir(exist_ok=True)
    emit(dossiers, beads, "pipeline:0|config:test", EmitConfig(), folder)
    write_quarantine(quarantined, folder)
    return write_report(folder).read_text(encoding="utf-8")


def all_kinds():
    """Articles with repairs, flags and a copy, one without English, and the beads between them."""
    articles, beads = harbour_and_library()
    mended = articles[3].identified.blocks[1]._replace(text_raw="é€€ä¼‘", repairs=("mojibake",))
    blocks = (articles[3].identified.blocks[0], mended, *articles[3].identified.blocks[2:])
    articles[3] = replace(articles[3], identified=replace(articles[3].identified, blocks=blocks))
    thai = dossier("thai.txt", "th", "thai", ((("ข่าวจากตลาดปลา", ""),),), score=0.0, flags=("no_model",))
    thai = replace(thai, status="untranslated", reason="no model for th; install one with `pipeline models install th`")
    return [*articles, duplicate_of(articles[0], "copy.txt"), thai], beads


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    refused = [Quarantined("bad.txt", "empty", "holds no text", None, 0)]
    return Page(build(tmp_path_factory.mktemp("output"), *all_kinds(), refused))


@pytest.mark.parametrize(
    "fact",
    [
        "Pelabuhan lama dibuka kembali untuk nelayan",  # a title
        "The old harbour reopens to fishermen",  # and its English
        "Bến cảng cũ mở cửa trở lại cho ngư dân",  # the other side of a bead
        "Bagikan ke teman",  # a removed line
        "share.row",  # and its rule
        "é€€ä¼‘",  # mojibake, before
        "flagged:no_model",  # why a pair was dropped
        "no model for th",  # why an article is untranslated
        "same content as pelabuhan.txt",  # a duplicate
        "bad.txt",  # a quarantined seed
        "holds no text",  # and its reason
        "3 versions, 4 aligned passages in 3 groups",
        "English shares: forty, boats, first, morning",
        "pipeline:0|config:test",
    ],
)
def test_the_page_says(page, fact):
    assert page.says(fact)


def test_every_section_is_there_and_linked(page):
    sections = [attributes["id"] for tag, attributes in page.tags if tag == "section"]
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert sections == [name for name, _, _ in SECTIONS]
    assert links == [f"#{name}" for name in sections]


def test_the_page_needs_nothing_else(page):
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not [value for _, attributes in page.tags for name, value in attributes.items() if name in {"src", "srcset"}]


def test_styles_load_nothing(tmp_path):
    text = build(tmp_path / "out", many_stories(1))
    assert not re.search(r"@import|url\(|https?:", text)
    assert "default-src 'none'" in text


def test_text_from_articles_stays_text(tmp_path):
    """Put an attack wherever text of a seed can reach the page."""
    paragraphs = (((ATTACK, ATTACK),), ((f"{ATTACK} dua", f"{ATTACK} two"),))
    hostile = dossier(f"{ATTACK}.txt", "id", ATTACK, paragraphs, flags=(ATTACK,))
    blocks = [
        block._replace(repairs=(ATTACK,), label=ATTACK, rule=ATTACK, kind=Kind.PARAGRAPH, text_raw=ATTACK)
        for block in hostile.identified.blocks
    ]
    identified = replace(hostile.identified, blocks=tuple(blocks), lang=f'"{ATTACK}')
    metadata = replace(hostile.metadata, title=ATTACK, source=ATTACK, published=ATTACK)
    hostile = replace(hostile, identified=identified, metadata=metadata, status="untranslated", reason=ATTACK)
    other = dossier("b.txt", "vi", ATTACK, HARBOUR_VI)
    refused = [Quarantined(ATTACK, ATTACK, ATTACK, None, 1)]
    text = build(tmp_path / "out", [hostile, other], [bead(hostile, other, (0, 1), (1,), regime=ATTACK)], refused)
    assert "<script" not in text
    assert Page(text).says(ATTACK)


def test_the_bytes_depend_on_the_tables_alone(tmp_path):
    articles, beads = harbour_and_library()
    first = build(tmp_path / "a", [*articles, *many_stories(9)], beads)
    second = build(tmp_path / "b", [*many_stories(9), *articles[::-1]], beads[::-1])
    assert first == second


def test_an_empty_run_has_a_report(tmp_path):
    assert Page(build(tmp_path / "out", [])).says("nothing")


def test_large_runs_are_shown_in_part_and_say_so(tmp_path, monkeypatch):
    monkeypatch.setattr(numbers, "MOST_ROWS", 5)
    monkeypatch.setattr(samples, "MOST_STORIES", 1)
    monkeypatch.setattr(samples, "MOST_BEADS", 1)
    monkeypatch.setattr(html, "MOST_CHARACTERS", 10)
    pairs = [
        (dossier(f"{n}a", "id", f"s{n}", HARBOUR_ID), dossier(f"{n}b", "vi", f"s{n}", HARBOUR_VI)) for n in range(4)
    ]
    beads = [bead(a, b, (n,), (n,)) for a, b in pairs for n in (0, 1)]
    page = Page(build(tmp_path / "out", [article for pair in pairs for article in pair], beads))
    assert page.says("… and 3 more articles")
    assert page.says("… and 3 more stories")
    assert page.says("… and 1 more passages")
    assert page.says("Pelabuhan …")


def test_the_command_writes_the_page_and_prints_where(tmp_path):
    build(tmp_path / "out", many_stories(1))
    (tmp_path / "out" / "report" / "index.html").unlink()
    result = CliRunner().invoke(app, ["report", "--output", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert result.stdout.strip() == str(tmp_path / "out" / "report" / "index.html")
    assert (tmp_path / "out" / "report" / "index.html").exists()


def test_a_folder_without_a_run_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match="make it with `pipeline run"):
        write_report(tmp_path)


def test_a_report_made_in_parts_is_the_same(tmp_path, monkeypatch):
    whole = build(tmp_path / "whole", *all_kinds())
    monkeypatch.setattr("pipeline.report.tables.PART", 2)
    assert build(tmp_path / "parts", *all_kinds()) == whole
