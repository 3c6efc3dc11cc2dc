"""What units share in English: rare words count, function words and company do not."""

import numpy as np
import pytest

from pipeline.align.pivot import overlap

FERRY = "The captain left the ferry last and thanked the fishermen."
SAME = "Fishermen were thanked by the captain, who left the ferry last."
SEEDS = "Students count the seeds that sprouted on a wet cloth."


def test_the_same_facts_overlap_more_than_others():
    cosine = overlap([FERRY, SEEDS], [SAME, SEEDS])
    assert cosine[0, 0] > 4 * cosine[0, 1]
    assert cosine[1, 1] == pytest.approx(1.0)


def test_function_words_alone_are_little_in_common():
    company = ["It is what they have had, and they had what it is.", "They have what it is.", FERRY]
    cosine = overlap(["What it is they had, the kelp was.", *company], ["Kelp it was.", *company])
    assert cosine[0, 0] > cosine[0, 2]


def test_inflection_is_seen_through():
    cosine = overlap(["Volunteers repaired lanterns", FERRY], ["A volunteer repairing a lantern", SEEDS])
    assert cosine[0, 0] > 3 * max(cosine[0, 1], cosine[1, 0])


def test_a_rare_word_weighs_more_than_a_common_one():
    company = ["The harbour was busy."] * 6
    cosine = overlap(["harbour kelp", *company], ["kelp farm", "harbour farm"])
    assert cosine[0, 0] > cosine[0, 1]


def test_where_there_is_no_english_nothing_is_known():
    cosine = overlap([FERRY, ""], [SAME])
    assert not np.isnan(cosine[0, 0])
    assert np.isnan(cosine[1, 0])


def test_empty_sides():
    assert overlap([], [FERRY]).shape == (0, 1)
    assert overlap([], []).shape == (0, 0)
