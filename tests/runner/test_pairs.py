"""What two versions say to each other is found once, and comes back to the last digit."""

import numpy as np
import pytest

from pipeline.align import align_story
from pipeline.align.links import Links
from pipeline.encode import Lexical
from pipeline.runner.bench import Bench
from pipeline.runner.keys import Keyring
from pipeline.runner.pairs import StoredPairs, pair_keys
from pipeline.runner.state import State
from tests.align.samples import CHINESE, ENGLISH, INDONESIAN, OTHER, version
from tests.runner.worlds import CONFIG

STORY = [
    version("a", "en", ENGLISH),
    version("b", "id", INDONESIAN, ENGLISH),
    version("c", "zh-Hans", CHINESE, ENGLISH),
    version("d", "en", [*OTHER, ENGLISH[1]]),
]
LONG = [f"On day {n} the ferry carried {n * 7} people and {n * 3} bicycles." for n in range(30)]


@pytest.fixture
def bench():
    with State.in_memory() as state:
        yield Bench(CONFIG, Keyring(CONFIG), state)


def keys_of(members, bench, edition=""):
    return pair_keys(members, {name: name + edition for name in "abcd"}, bench.keys, Lexical())


class Watched(StoredPairs):
    """Notes what had to be found."""

    def __init__(self, bench, edition=""):
        super().__init__(keys_of("abcd", bench, edition), bench.state.results)
        self.found = []

    def __call__(self, a, b, find):
        def finding():
            self.found.append((a.version.article_id, b.version.article_id))
            return find()

        return super().__call__(a, b, finding)


def beads(versions, remember):
    return align_story(versions, Lexical(), CONFIG.align, remember=remember)


def test_beads_are_those_of_a_first_alignment(bench):
    fresh = align_story(STORY, Lexical(), CONFIG.align)
    assert {bead.regime for bead in fresh} == {"translations", "reports"}
    for _ in range(2):
        assert beads(STORY, Watched(bench)) == fresh


def test_a_story_that_gains_a_version_aligns_that_one_alone(bench):
    beads(STORY[:3], Watched(bench))
    gained = Watched(bench)
    assert beads(STORY, gained) == align_story(STORY, Lexical(), CONFIG.align)
    assert gained.found == [("a", "d"), ("b", "d"), ("c", "d")]
    lost = Watched(bench)
    beads(STORY[1:], lost)
    assert lost.found == []


def test_sequences_too(bench):
    versions = [version("a", "en", LONG), version("b", "en", LONG[2:])]
    first, again = Watched(bench), Watched(bench)
    assert beads(versions, first) == beads(versions, again) == align_story(versions, Lexical(), CONFIG.align)
    assert (len(first.found), again.found) == (1, [])


def test_versions_that_changed_are_aligned_anew(bench):
    beads(STORY, Watched(bench))
    changed = Watched(bench, edition="2")
    beads(STORY, changed)
    assert len(changed.found) == 6


def test_links_come_back_to_the_last_digit(bench):
    found = []

    def noting(a, b, find):
        found.append(Watched(bench)(a, b, find))
        return found[-1]

    for _ in range(2):
        beads(STORY[:2], noting)
    first, again = found
    assert isinstance(first, Links)
    assert (first.pairs, first.regime) == (again.pairs, again.regime)
    assert np.array_equal(first.measures, again.measures, equal_nan=True)
    assert np.array_equal(first.log_odds, again.log_odds)


def test_a_sweep_knows_the_pairs_of_a_story(bench):
    pairs = Watched(bench)
    beads(STORY, pairs)
    assert bench.state.results.keep_only(set(keys_of("dcba", bench).values()), slack=0) == 0
    assert bench.state.results.keep_only(set(keys_of("abc", bench).values()), slack=0) == 3
