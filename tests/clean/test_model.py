"""The page model: its arithmetic, its features and its file."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.examples import LabelledPage, make_examples
from pipeline.clean.fit import design, fit
from pipeline.clean.measures import weigh
from pipeline.clean.model import PageModel, from_json, load_model, to_json
from tests.clean.pages import features_of, kept

STORY = "The river rose again on Tuesday, and the {} of the town carried sandbags to the bridge until the evening."
SMALL = PageModel(
    names=("size", "sure"),
    means=np.array([1.0, 0.5]),
    scales=np.array([2.0, 0.25]),
    direct=np.array([0.5, -3.0]),
    bias=0.125,
    into=np.array([[1.0], [0.5]]),
    shifts=np.array([-0.25]),
    out=np.array([2.0]),
)


def page(number: int) -> LabelledPage:
    story = tuple((STORY.format(who), "keep") for who in ("bakers", "pupils", "teachers", "fishers", "nurses"))
    menu = tuple((f"{word} {number}", "debris") for word in ("Bridges", "Boats", "Wells", "Tides"))
    tail = (("Share", "debris"), ("0 comments", "debris"), *menu)
    return LabelledPage(f"page{number}", "en", (("Home", "debris"), *menu, *story, *tail))


def test_the_shipped_weights_fit_the_features():
    table = features_of(["one", "two"])
    model = load_model()
    assert set(model.names) <= set(table)
    assert all(np.isfinite(part).all() for part in (model.direct, model.into, model.shifts, model.out))
    assert (model.scales > 0).all()


def test_a_score_is_a_sum_and_what_the_units_add():
    table = {"size": np.array([0.0, 4.0, 1e9]), "sure": np.array([0.0, 1.0, 0.5])}
    # Standardised: (-0.5, -2), (1.5, 2), and (4, 0), where a feature ends. The unit gives 0, 2.25 and 3.75.
    scores = np.array([0.125 - 0.25 + 6.0, 0.125 + 0.75 - 6.0 + 4.5, 0.125 + 2.0 + 7.5])
    assert SMALL.story(table) == pytest.approx(1 / (1 + np.exp(-scores)))


def test_a_model_survives_its_file():
    again = from_json(to_json(SMALL))
    assert again.names == ("sure", "size")
    table = {"size": np.array([0.0, 4.0]), "sure": np.array([0.0, 1.0])}
    assert again.story(table).tolist() == SMALL.story(table).tolist()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 90), st.integers(1, 90))
def test_a_score_does_not_depend_on_the_lines_judged_with_it(seed, lines, first):
    model = load_model()
    chance = np.random.default_rng(seed)
    together = {name: chance.normal(size=first + lines) * 3 for name in model.names}
    alone = {name: column[first:] for name, column in together.items()}
    assert model.story(together)[first:].tolist() == model.story(alone).tolist()


def test_fitting_tells_story_from_menus_on_pages_not_seen():
    model = fit(design(make_examples([page(number) for number in range(1, 12)])))
    story = model.story(features_of([text for text, _ in page(0).lines]))
    assert story[5:10].min() > story[[0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15]].max()


def test_fitting_again_gives_the_same_model():
    data = design(make_examples([page(number) for number in range(4)]))
    assert to_json(fit(data)) == to_json(fit(data))
    assert to_json(fit(data)) != to_json(fit(data, seed=1))


def test_examples_do_not_depend_on_each_other():
    pages = [page(number) for number in range(3)]
    alone, together = make_examples(pages[:1]), make_examples(pages)
    assert [example.labels.tolist() for example in alone] == [e.labels.tolist() for e in together[: len(alone)]]


def test_nothing_is_learnt_from_a_line_that_goes_anyway():
    lines = (("Share", "keep"), (STORY.format("bakers"), "keep"), ("Boats", "debris"), ("Wells", "ignore"))
    assert make_examples([LabelledPage("p", "en", lines)])[0].labels.tolist() == [-1, 1, 0, -1]


def test_a_menu_goes_that_the_model_is_sure_of_without_evidence():
    menu = [f"{thing} {kind}" for kind in ("registry", "committee") for thing in ("Harbour", "Bridge", "Well", "Tide")]
    story = [STORY.format(who) for who in ("bakers", "pupils", "teachers", "fishers", "nurses", "monks", "smiths")]
    assert kept([*menu, "Share", *menu, *story]) == story


def teasers(count: int) -> list[str]:
    blurb = "The {} of the town tell what they know of it, in words and pictures, every week."
    return [line for who in "abcdefgh"[:count] for line in (f"Greystone {who}", blurb.format(who * 5))]


@pytest.mark.parametrize("between", [[], ["12 March"]], ids=["two lines an entry", "three lines an entry"])
def test_a_list_of_teasers_is_no_prose(between):
    story = [STORY.format(who) for who in ("bakers", "pupils")]
    entries = teasers(6)
    listed = [line for at in range(0, 12, 2) for line in (entries[at], *between, entries[at + 1])]
    prose = features_of([*story, *listed, story[0]])["prose"]
    assert (prose > 0).tolist() == [True, True, *[False] * len(listed), True]


@pytest.mark.parametrize("lines", [teasers(4), [STORY] * 12, [*teasers(3), STORY * 4, *teasers(3)]])
def test_few_or_uneven_entries_are_prose(lines):
    assert (features_of(lines)["prose"] > 0).sum() >= len(lines) // 2


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
