"""Sentence alignment by what surrounds speech, where meanings leave the boundary open."""

import numpy as np
import pytest

from pipeline.align.judge import PRICES, Judge
from pipeline.align.monotone import align_monotone
from pipeline.align.runs import Runs
from pipeline.align.side import build_side
from pipeline.align.tokens import CLOSED, SPOKEN
from pipeline.encode import Lexical
from tests.align.samples import version


@pytest.mark.parametrize(
    ("text", "closes", "speaks"),
    [
        ("“走吧。”", True, True),
        ("他说：“走吧。", False, True),
        ("走吧。」", True, False),
        ("'Go now.'", True, True),
        ('He said, "Go."', True, True),
        ("It's the captain's boat.", False, False),
        ("Er ging. »Komm!«", True, True),
    ],
)
def test_quotation_marks_are_seen_in_every_style_and_apostrophes_are_not(text, closes, speaks):
    assert (bool(CLOSED.search(text)), bool(SPOKEN.search(text))) == (closes, speaks)


def test_a_run_holds_speech_when_one_of_its_units_does():
    runs = Runs(np.ones((4, 2), np.float32), np.ones(4), ["a", '"b"', "c", "d"], longest=3)
    assert [spoken.tolist() for spoken in runs.spoken] == [
        [False, True, False, False],
        [False, True, True, False],
        [False, True, True, True],
    ]
    assert runs.closed.tolist() == [False, True, False, False]


def test_a_bead_ends_where_the_speech_of_both_sides_ends():
    lantern = ["Lanterns burned on the quay.", "Nobody spoke for an hour.", "Then the bell rang twice."]
    spoken = ['"The kelp is gone,', "the storm took it.", "We start again,", 'tomorrow."', "She folded the nets."]
    joined = ['"The kelp is gone, the storm took it. We start again, tomorrow."', "She folded the nets."]
    sides = [
        build_side(version(name, "en", [*lantern, *texts]), Lexical(), None)
        for name, texts in (("a", spoken), ("b", joined))
    ]
    rungs = [scored.rung for scored in align_monotone(*sides, Lexical(), None, 0.35)]
    assert ((3, 4, 5, 6), (3,)) in rungs
    assert ((7,), (4,)) in rungs


def gains(shape, rows, columns, parts):
    vectors = np.eye(3, dtype=np.float32)
    a, b = Runs(vectors[:2], np.ones(2)), Runs(vectors[[0, 2]], np.ones(2))
    return Judge(a, b, PRICES._replace(parts=parts)).gain(shape, np.array(rows), np.array(columns))[0]


def test_a_bead_pays_for_the_unit_that_is_least_like_the_other_side():
    free, priced = (gains((2, 1), [2], [1], parts) for parts in (0.0, 0.25))
    assert free - priced == pytest.approx(1.5 * 0.25 * 0.5**0.5)


def test_a_pair_of_units_pays_nothing_for_parts():
    assert gains((1, 1), [1], [1], 0.0) == gains((1, 1), [1], [1], 0.25)
