"""Grouping by what earlier runs found out gives the stories of grouping from nothing, and finds little out anew."""

from dataclasses import replace
from functools import wraps
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.encode import Lexical
from pipeline.group import group, index
from pipeline.records import Kind, Passage, Version
from pipeline.runner import grouping
from pipeline.runner.bench import Bench
from pipeline.runner.catalogue import Place
from pipeline.runner.grouping import group_key, group_stories, grouping_keys
from pipeline.runner.keys import Keyring
from pipeline.runner.progress import Progress
from pipeline.runner.state import State
from pipeline.runner.translation import Translated
from tests.align.samples import ENGLISH, OTHER
from tests.runner.worlds import CONFIG

CORE = import_module("pipeline.group.group")
ENCODER = Lexical()
SENTENCES = (*ENGLISH, *OTHER)


def version(name, *numbers):
    passages = (Passage(at, Kind.PARAGRAPH, SENTENCES[n], SENTENCES[n], 1.0) for at, n in enumerate(numbers))
    return Version(name, "en", "", "", tuple(passages))


class Newsroom:
    """Articles that come and go before one state; an article's key is what it says."""

    def __init__(self, state):
        self.bench = Bench(CONFIG, Keyring(CONFIG), state)

    def group(self, versions):
        """Group as a run does; return the stories, and how many articles were studied anew."""
        shelf = type("Shelf", (), {"version": lambda _, name: by_name[name]})()
        by_name = {one.article_id: one for one in versions}
        progress = Progress(lambda _: None)
        return group_stories(self.articles(versions), shelf, self.bench, ENCODER, progress), progress.n_computed

    def articles(self, versions):
        ordered = sorted(versions, key=lambda one: one.article_id)
        return [Translated(Place("", one.article_id, ""), "", repr(one), ()) for one in ordered]


@pytest.fixture
def newsroom():
    with State.in_memory() as state:
        yield Newsroom(state)


@pytest.fixture
def asked(monkeypatch):
    """The pairs that were measured, by measure."""
    pairs = {"closeness": [], "coverage": []}

    def watched(measure):
        @wraps(measure)
        def watching(a, b):
            pairs[measure.__name__].append((a.side.version.article_id, b.side.version.article_id))
            return measure(a, b)

        return watching

    for name in pairs:
        monkeypatch.setattr(CORE, name, watched(getattr(CORE, name)))
    return pairs


def edition(n):
    return [version(f"{at:02}", at % 10, (at * 3 + 1) % 10, (at * 7 + 2) % 10) for at in range(n)]


def test_the_second_time_nothing_is_asked(newsroom, asked):
    first, studied = newsroom.group(edition(9))
    assert studied == 9
    assert all(asked.values())
    asked["closeness"].clear(), asked["coverage"].clear()
    assert newsroom.group(edition(9)) == (first, 0)
    assert not any(asked.values())


@pytest.mark.parametrize("change", ["changed", "added", "removed"])
def test_one_article_is_compared_with_the_others_and_these_not_with_each_other(newsroom, asked, change):
    versions = edition(9)
    newsroom.group(versions)
    asked["closeness"].clear(), asked["coverage"].clear()
    new = version("04" if change == "changed" else "99", 3, 4, 5)
    kept = versions if change == "added" else [one for one in versions if one.article_id != "04"]
    after = kept if change == "removed" else [*kept, new]
    stories, studied = newsroom.group(after)
    assert studied == (0 if change == "removed" else 1)
    assert len(asked["closeness"]) == (0 if change == "removed" else len(kept))
    assert all(new.article_id in pair for pair in asked["closeness"])
    assert stories == group(after, ENCODER, CONFIG.group)


def test_what_was_found_out_before_a_kill_is_kept(newsroom, asked, monkeypatch):
    monkeypatch.setattr(grouping, "_BATCH", 1)
    versions = edition(9)
    with monkeypatch.context() as patch:
        patch.setattr(CORE, "coverage", wraps(CORE.coverage)(lambda *_: 1 / 0))
        with pytest.raises(ZeroDivisionError):
            newsroom.group(versions)
    asked["closeness"].clear()
    stories, studied = newsroom.group(versions)
    assert (studied, asked["closeness"]) == (0, [])
    assert stories == group(versions, ENCODER, CONFIG.group)


def test_articles_without_words_are_studied_once(newsroom):
    wordless = [Version(name, "und", "", "", ()) for name in "ab"]
    assert newsroom.group([*wordless, *edition(3)])[1] == 5
    assert newsroom.group([*wordless, *edition(2)])[1] == 0


def test_a_sweep_keeps_what_grouping_rests_on(newsroom, asked):
    versions = edition(9)
    newsroom.group([*versions, version("99", 1, 2)])
    newsroom.group(versions)
    asked["closeness"].clear(), asked["coverage"].clear()
    tools = newsroom.articles(versions), newsroom.bench, ENCODER
    assert newsroom.bench.state.results.keep_only({*grouping_keys(*tools)}, slack=0) > 0
    newsroom.bench.state.results.keep_only({*grouping_keys(*tools)} - {group_key(*tools)}, slack=0)
    assert newsroom.group(versions)[1] == 0
    assert not any(asked.values())


ISSUES = st.lists(
    st.dictionaries(
        st.sampled_from([f"{n:02}" for n in range(10)]),
        st.lists(st.integers(0, len(SENTENCES) - 1), max_size=4),
        max_size=10,
    ),
    min_size=2,
    max_size=4,
)


@settings(deadline=None, max_examples=60)
@given(ISSUES, st.sampled_from([2, 3, 25]), st.sampled_from([3, 4096]), st.sampled_from([0, 2**25]))
def test_whatever_comes_and_goes_the_stories_are_those_of_a_full_run(issues, nearest, exact, held):
    """With so few neighbours, and cells in place of comparing all, each article decides who is near whom elsewhere."""
    with pytest.MonkeyPatch.context() as patch, State.in_memory() as state:
        patch.setattr(CORE, "NEIGHBOURS", nearest)
        patch.setattr(CORE, "STORY", 1)
        patch.setattr(index, "EXACT", exact)
        patch.setattr(grouping, "_HELD", held)
        newsroom = Newsroom(state)
        for issue in issues:
            versions = [version(name, *numbers) for name, numbers in issue.items()]
            assert newsroom.group(versions)[0] == group(versions, ENCODER, CONFIG.group)


def test_other_settings_and_other_words_are_other_findings(newsroom):
    versions = edition(4)
    newsroom.group(versions)
    assert newsroom.group([replace(versions[0], lang="id"), *versions[1:]])[1] == 1
