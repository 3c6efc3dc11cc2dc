"""The lexicons hold together, and their phrases are found where they should be."""

import tomllib
from importlib.resources import files

import pytest

from pipeline.clean.fold import bare, fold
from pipeline.clean.inside import WIDTH
from pipeline.clean.lexicon import Strength, load
from tests.clean.pages import hits_of

KEYS = {"line", "weak", "section", "start", "byline", "source", "dated", "inside", "frame", "bracketed"}
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


@pytest.mark.parametrize("name", FILES)
def test_phrases_found_anywhere_are_long_enough_to_be_indexed(name):
    table = tomllib.loads(files("pipeline.clean").joinpath("lexicons", name).read_text(encoding="utf-8"))
    assert [p for entry in table.values() for p in entry.get("inside", ()) if len(fold(p)) < WIDTH] == []


def test_loaded_once():
    assert load() is load()
