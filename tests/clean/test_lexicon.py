"""The lexicons hold together, and their phrases are found where they should be."""

import tomllib
from importlib.resources import files

import pytest

from pipeline.clean.fold import bare, fold
from pipeline.clean.inside import WIDTH
from pipeline.clean.lexicon import Strength, load
from tests.clean.pages import hits_of, labels

KEYS = {
    "line",
    "weak",
    "section",
    "start",
    "byline",
    "source",
    "dated",
    "inside",
    "hint",
    "frame",
    "named",
    "bracketed",
}
LABELS = {
    "share", "comment", "ticker", "related", "disclaimer", "langpicker", "promo", "syndication", "credit", "caption",
    "metadata", "placeholder", "navigation", "cta", "ad", "copyright", "tag",
}  # fmt: skip
FILES = sorted(path.name for path in files("pipeline.clean").joinpath("lexicons").iterdir())


@pytest.mark.parametrize("name", FILES)
def test_files_use_known_labels_and_keys(name):
    table = tomllib.loads(files("pipeline.clean").joinpath("lexicons", name).read_text(encoding="utf-8"))
    assert set(table) <= LABELS
    assert {key for entry in table.values() for key in entry} <= KEYS
    assert name == "any.toml" or "related" in table


@pytest.mark.parametrize("name", FILES)
def test_every_phrase_of_a_whole_line_is_found(name):
    table = tomllib.loads(files("pipeline.clean").joinpath("lexicons", name).read_text(encoding="utf-8"))
    phrases = [p for entry in table.values() for key in ("line", "section") for p in entry.get(key, ())]
    missing = [p for p, hit in zip(phrases, hits_of(phrases), strict=True) if hit is None and bare(fold(p))]
    assert missing == []


@pytest.mark.parametrize(
    ("line", "label", "strength"),
    [
        ("Bagikan", "share", Strength.SURE),
        ("【分享】", "share", Strength.SURE),
        ("ＳＨＡＲＥ", "share", Strength.SURE),
        ("35 Komentar", "comment", Strength.SURE),
        ("评论（1,204）", "comment", Strength.SURE),
        ("Politics", "navigation", Strength.WEAK),
        ("延伸閱讀", "related", Strength.SECTION),
        ("Home > News > World", "navigation", Strength.SURE),
        ("267", "metadata", Strength.WEAK),
        ("VN-Index 1.262,41 +3,12 (+0,25%)", "ticker", Strength.SURE),
        ("Facebook Twitter WhatsApp", "share", Strength.SURE),
        ("Boats at low tide. Photo: Mara Quill", "caption", Strength.SURE),
    ],
)
def test_hits(line, label, strength):
    hit = hits_of([line])[0]
    assert hit
    assert (hit.label, hit.strength) == (label, strength)
    assert hit.rule.split(".")[0] in {"lexicon", "pattern"}


@pytest.mark.parametrize(
    "line",
    ["Portugal ganha", "Sharing a boat is cheaper.", "3.5 percent of the boats (12) sank.", "A > B", "Penulisan ulang"],
)
def test_no_hits(line):
    assert hits_of([line]) == [None]


def test_phrases_are_found_on_the_right_line():
    lines = ["a story", "Please subscribe to our river letter today, dear reader", "another story"]
    assert [bool(hit) for hit in hits_of(lines)] == [False, True, False]


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (
            "This article was first published by her sister. Subscribe to our letter, she wrote.",
            " The river rose again.",
        ),
        ("Artikel ini telah tayang di Kabar Randu, dan dilarang mengutip isinya.", " Air sungai naik lagi malam itu."),
        ("Bài viết này được đăng lần đầu trên báo, không được sao chép.", " Nước sông lại dâng cao trong đêm."),
        ("本文最初发表于晚报，不得转载，本文作者在上游首次发现了这种鱼。", "当晚河水又涨了起来。"),
        ("本文最初發表於晚報，不得轉載，本文作者在上游首次發現了這種魚。", "當晚河水又漲了起來。"),
    ],
)
def test_an_article_in_one_line_is_no_note(first, more):
    notes = [first, first + more]
    articles = [first + times * more for times in (20, 200)]
    assert all(hit and hit.strength is Strength.SURE for hit in hits_of(notes))
    assert hits_of(articles) == [None, None]
    assert [labels([article]) for article in articles] == [{}, {}]


@pytest.mark.parametrize(
    ("line", "strength"),
    [
        ("The post Brown river worries Greystone, again appeared first on Greystone Post.", Strength.SURE),
        ("The post appeared first on Facebook.", None),  # a title stands between
        ("The post office in the harbour appeared first on the list, then the school.", None),  # a name ends the line
        ("This story, she said, was first published in a letter.", None),  # no mark stands between
        ("This story was, to the dismay of all the fishermen of Greystone, published by a rival.", None),
        ("Originally published in The Greystone Post.", Strength.SURE),
        ("The novel was originally published in 1904.", Strength.WEAK),
    ],
)
def test_frames(line, strength):
    hit = hits_of([line])[0]
    assert (hit and hit.strength) == strength


def test_a_hint_counts_only_in_bad_company():
    story = ["The river had turned brown on Tuesday, the fishermen said.", "Nobody drank from the wells that week."]
    notice = "The owner accepts no responsibility for the river."
    assert labels([story[0], notice, story[1]]) == {}
    assert labels([*story, notice, "Share this article"]) == {3: "disclaimer", 4: "share"}


@pytest.mark.parametrize("name", FILES)
def test_phrases_found_anywhere_are_long_enough_to_be_indexed(name):
    table = tomllib.loads(files("pipeline.clean").joinpath("lexicons", name).read_text(encoding="utf-8"))
    assert [
        p for entry in table.values() for key in ("inside", "hint") for p in entry.get(key, ()) if len(fold(p)) < WIDTH
    ] == []


def test_loaded_once():
    assert load() is load()
