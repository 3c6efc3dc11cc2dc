"""HTML pages through the whole flow: the article of each, its structure and its metadata, whatever its encoding."""

import sys
from pathlib import Path

import polars as pl
import pytest

from tests.runner.worlds import World

PAGES = Path(__file__).parent / "pages"
ENCODINGS = {"ferry-id.html": "utf-8", "ferry-vi.html": "utf-8", "bridge-zh.html": "gb18030", "front.html": "utf-8"}
FURNITURE = (
    "Beranda", "Bagikan", "Facebook", "Berita terkait", "Harga ikan", "Komentar", "Kebijakan", "©", "Foto:",
    "Trang chủ", "Chia sẻ", "Bản quyền", "首页", "版权所有",
)  # fmt: skip


def write_pages(world: World) -> None:
    for name, encoding in ENCODINGS.items():
        world.write(name, (PAGES / name).read_text(encoding="utf-8").encode(encoding))


@pytest.fixture
def pages(world: World) -> World:
    pytest.importorskip("trafilatura", reason="reading HTML is the optional extra 'html'")
    write_pages(world)
    world.run()
    return world


def of(table: str, world: World, name: str) -> pl.DataFrame:
    articles = pl.read_parquet(world.output / "articles.parquet").filter(pl.col("path") == name)
    if table == "articles":
        return articles
    return pl.read_parquet(world.output / f"{table}.parquet").join(articles, on="article_id", how="semi")


def test_what_the_head_declares_reaches_the_articles(pages):
    columns = ("lang", "title", "byline", "source", "published", "encoding")
    assert of("articles", pages, "ferry-id.html").select(columns).row(0) == (
        "id",
        "Feri baru menghubungkan Pulau Senja dengan daratan",
        "Ratna Wulandari",
        "Kabar Muara",
        "2025-03-03",
        "utf-8",
    )
    assert of("articles", pages, "ferry-vi.html").select("lang", "byline", "published").row(0) == (
        "vi",
        "Lê Mai",
        "2025-03-04",
    )
    assert of("articles", pages, "bridge-zh.html").select("lang", "title", "encoding").row(0) == (
        "zh-Hans",
        "旧铁桥今年秋天重新开放",
        "gb18030",
    )


def test_headings_lists_quotes_and_tables_stay(pages):
    blocks = of("blocks", pages, "ferry-id.html").filter(pl.col("keep"))
    kinds = dict(blocks.select("text", "kind").iter_rows())
    assert kinds["Feri baru menghubungkan Pulau Senja dengan daratan"] == "title"
    assert kinds["Jadwal dan tiket"] == "heading"
    assert kinds["Kapal pertama berangkat pukul tujuh pagi dari dermaga lama."] == "list_item"
    assert kinds["Saya menunggu kapal ini selama dua puluh tahun, kata seorang nelayan tua."] == "quote"
    assert kinds["Senin | enam kapal"] == "list_item"
    assert list(kinds.values()).count("paragraph") == 4
    assert "heading" in of("blocks", pages, "ferry-vi.html")["kind"].to_list()
    assert of("blocks", pages, "bridge-zh.html").filter(pl.col("kind") == "heading")["text"].to_list() == ["桥上的变化"]


@pytest.mark.parametrize("name", ["ferry-id.html", "ferry-vi.html", "bridge-zh.html"])
def test_nothing_around_the_article_is_kept(pages, name):
    kept = of("blocks", pages, name).filter(pl.col("keep"))["text"].to_list()
    assert [text for text in kept if any(word in text for word in FURNITURE)] == []
    assert len(kept) >= 5


def test_a_page_without_an_article_is_quarantined(pages):
    refused = (pages.output / "quarantine.jsonl").read_text(encoding="utf-8")
    assert '"front.html"' in refused
    assert "no article found" in refused


def test_without_the_extra_pages_wait_in_quarantine(world, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    write_pages(world)
    world.fill()
    summary = world.run()
    assert {refused.path for refused in summary.quarantined} == set(ENCODINGS)
    assert all("pip install 'pipeline[html]'" in refused.reason for refused in summary.quarantined)
    assert pl.read_parquet(world.output / "articles.parquet").height == 5
