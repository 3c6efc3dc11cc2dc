"""The page model: its arithmetic, its file, and the neighbourhoods it looks at."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.evidence import find_hits
from pipeline.clean.examples import GoldPage, make_examples
from pipeline.clean.features import describe
from pipeline.clean.fit import design, fit
from pipeline.clean.measures import weigh
from pipeline.clean.model import PageModel, from_json, load_model, to_json
from pipeline.clean.neighbours import densest, distances, running, share_before, shift, window

STORY = "The river rose again on Tuesday, and the {} of the town carried sandbags to the bridge until the evening."
numbers = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=30).map(np.array)


def page(number: int) -> GoldPage:
    story = tuple((STORY.format(who), "keep") for who in ("bakers", "pupils", "teachers", "fishers", "nurses"))
    menu = tuple((f"{word} {number}", "debris") for word in ("Bridges", "Boats", "Wells", "Tides"))
    tail = (("Share", "debris"), ("0 comments", "debris"), *menu)
    return GoldPage(f"page{number}", f"site{number}", "en", (("Home", "debris"), *menu, *story, *tail))


def test_the_shipped_weights_fit_the_features():
    table = describe(["one", "two"], [None, None])
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
    story = model.story(describe(texts, find_hits(texts)))
    assert story[5:10].min() > story[[0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15]].max()


def test_examples_do_not_depend_on_each_other():
    pages = [page(number) for number in range(3)]
    alone, together = make_examples(pages[:1], pages[:1]), make_examples(pages, pages)
    assert [example.labels.tolist() for example in alone] == [e.labels.tolist() for e in together[: len(alone)]]


@settings(deadline=None)
@given(numbers)
def test_the_densest_stretch_has_the_greatest_sum(values):
    first, last = densest(values)
    sums = [values[a : b + 1].sum() for a in range(len(values)) for b in range(a, len(values))]
    assert values[first : last + 1].sum() == max(sums)


@settings(deadline=None)
@given(numbers, st.integers(1, 5))
def test_windows(values, reach):
    for i, (before, after, around) in enumerate(
        zip(window(values, before=reach), window(values, after=reach), running(values, reach), strict=True)
    ):
        above, below = values[max(0, i - reach) : i], values[i + 1 : i + 1 + reach]
        assert before == pytest.approx(above.mean() if len(above) else 0)
        assert after == pytest.approx(below.mean() if len(below) else 0)
        assert around == pytest.approx(values[max(0, i - reach) : i + 1 + reach].mean())


@settings(deadline=None)
@given(numbers, st.integers(-4, 4).filter(bool))
def test_shift(values, step):
    expected = [values[i - step] if 0 <= i - step < len(values) else -1.0 for i in range(len(values))]
    assert shift(values, step, -1.0).tolist() == expected


def test_distances_and_shares():
    before, after = distances(np.array([False, True, False, False]))
    assert (before.tolist(), after.tolist()) == ([60, 0, 1, 2], [1, 0, 60, 60])
    assert share_before(np.array([1.0, 3.0])).tolist() == [0.0, 0.25]


def test_length_means_the_same_in_every_script():
    texts = (
        "eight words stand in this short English line",
        "这一行短短的中文大约也有八个词",
        "บรรทัดภาษาไทยสั้นๆนี้มีประมาณแปดคำ",
    )
    assert all(6 <= weigh(text) <= 10 for text in texts)
