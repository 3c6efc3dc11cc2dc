"""What the removed lines say about the article."""

from dataclasses import replace

import pytest

from pipeline.clean.metadata import with_declared
from pipeline.records import Declared, Metadata
from tests.clean.pages import clean_lines

STORY = [
    "On Tuesday morning the fishermen of Greystone noticed that the river had turned brown and told the water office.",
    "Three days of rain upstream had washed mud into the channel, an engineer said, and two more must pass.",
]

LINES = {
    "By Mara Quill": ("byline", "Mara Quill"),
    "Author: Mara Quill": ("byline", "Mara Quill"),
    "Oleh: Sari Wening": ("byline", "Sari Wening"),
    "Penulis: Sari Wening | Editor: Joko": ("byline", "Sari Wening"),
    "Tác giả: Hoàng Mai": ("byline", "Hoàng Mai"),
    "作者：林小河": ("byline", "林小河"),
    "記者陳小河/綜合報導": ("byline", "陳小河"),
    "Source: Greystone Post": ("source", "Greystone Post"),
    "Sumber: Kabar Randu": ("source", "Kabar Randu"),
    "Nguồn: Báo Bình Sa": ("source", "Báo Bình Sa"),
    "来源:青石日报 作者:林小河": ("source", "青石日报"),
    "Published May 12, 2025": ("published", "2025-05-12"),
    "发布时间：2025-03-04 08:15": ("published", "2025-03-04T08:15"),
    "Đăng ngày 12/5/2025": ("published", "2025-05-12"),
    "Hürriyet İstanbul 2024-12-07 01:33": ("source", "Hürriyet İstanbul"),
    "Tin tức… 2024-12-07": ("source", "Tin tức"),
    "This article originally appeared on River News.": ("source", "River News"),
    "Artikel ini telah tayang di Kabar Randu": ("source", "Kabar Randu"),
}


@pytest.mark.parametrize("line", LINES)
def test_captured_as_removed(line):
    field, value = LINES[line]
    cleaned = clean_lines(["Brown river worries Greystone", line, *STORY, "Share"])
    assert not cleaned.blocks[1].keep
    assert getattr(cleaned.metadata, field) == value


def test_nothing_said_is_nothing_claimed():
    found = clean_lines(STORY).metadata
    assert replace(found, title=None) == Metadata()


def test_the_first_claim_counts():
    page = ["By Mara Quill", *STORY, "Share", "By Jon Reed"]
    assert clean_lines(page).metadata.byline == "Mara Quill"


def test_the_container_fills_in_what_the_page_does_not_say():
    declared = Declared(title="Judul", byline="Ratna", source="Kabar Muara", published="2024-05-06")
    assert with_declared(Metadata(), declared) == Metadata("Judul", "Ratna", "Kabar Muara", "2024-05-06")
    found = Metadata("Lain", "Joko", "Pos Randu", "2024-05-07")
    assert with_declared(found, declared) == found
    assert with_declared(Metadata(), Declared()) == Metadata()


@pytest.mark.parametrize(
    ("declared", "published"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06T08:15:00+07:00", "2024-05-06T08:15:00+07:00"),
        ("2024-05-06T08:15:00Z", "2024-05-06T08:15:00Z"),
        ("Mon, 06 May 2024 08:15:00 GMT", "2024-05-06T08:15:00"),
        ("6 Mei 2024", "2024-05-06"),
        ("kemarin", None),
        ("99999-99-99", None),
    ],
)
def test_a_declared_date_is_iso_or_none(declared, published):
    assert with_declared(Metadata(), Declared(published=declared)).published == published
