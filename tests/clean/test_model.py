"""The page model: its arithmetic, its features and its file."""

import numpy as np
import pytest

from pipeline.clean.examples import GoldPage, make_examples
from pipeline.clean.fit import design, fit
from pipeline.clean.measures import weigh
from pipeline.clean.model import PageModel, from_json, load_model, to_json
from tests.clean.pages import features_of

STORY = "The river rose again on Tuesday, and the {} of the town carried sandbags to the bridge until the evening."


def page(number: int) -> GoldPage:
    story = tuple((STORY.format(who), "keep") for who in ("bakers", "pupils", "teachers", "fishers", "nurses"))
    menu = tuple((f"{word} {number}", "debris") for word in ("Bridges", "Boats", "Wells", "Tides"))
    tail = (("Share", "debris"), ("0 comments", "debris"), *menu)
    return GoldPage(f"page{number}", f"site{number}", "en", (("Home", "debris"), *menu, *story, *tail))


def test_the_shipped_weights_fit_the_features():
    table = features_of(["one", "two"])
    model = load_model()
    assert set(model.names) <= set(table)
    assert np.isfinite(model.weights).all()
    assert (model.scales > 0).all()


def test_a_model_survives_its_file():
    model = PageModel(("size", "sure"), np.array([1.0, 0.5]), np.array([2.0, 0.25]), np.array([0.5, -3.0]), 0.125)
    again = from_json(to_json(model))
    assert again.names == ("sure", "size")
    table = {"size": np.array([0.0, 4.0]), "sure": np.array([0.0, 1.0])}
    assert again.story(table) == pytest.approx(model.story(table))
    assert model.story(table)[0] == pytest.approx(1 / (1 + np.exp(-(0.125 - 0.25 + 6.0))))


def test_fitting_tells_story_from_menus_on_a_page_left_out():
    pages = [page(number) for number in range(12)]
    examples = make_examples(pages, pages)
    data = design(examples, [example.page.site for example in examples])
    model = fit(data, left_out=0, start=fit(data))
    texts = [text for text, _ in pages[0].lines]
    story = model.story(features_of(texts))
    assert story[5:10].min() > story[[0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15]].max()


def test_examples_do_not_depend_on_each_other():
    pages = [page(number) for number in range(3)]
    alone, together = make_examples(pages[:1], pages[:1]), make_examples(pages, pages)
    assert [example.labels.tolist() for example in alone] == [e.labels.tolist() for e in together[: len(alone)]]


def test_features_do_not_depend_on_the_pages_around():
    pages = [
        ["Share", STORY.format("bakers"), "——", "2025年 10:30", "Share"],
        ["one"],
        ["ข่าว", "Menu", "www.a.example"],
    ]
    together = features_of(*pages)
    alone = [features_of(page) for page in pages]
    for name, column in together.items():
        assert column.tolist() == [value for table in alone for value in table[name].tolist()], name


def test_length_means_the_same_in_every_script():
    texts = (
        "eight words stand in this short English line",
        "这一行短短的中文大约也有八个词",
        "บรรทัดภาษาไทยสั้นๆนี้มีประมาณแปดคำ",
    )
    assert all(6 <= weigh(text) <= 10 for text in texts)
