import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from pipeline.config import EmitConfig
from pipeline.emit.dropped import Dropped
from pipeline.emit.filters import FILTERS, accepted, reason_to_drop
from pipeline.emit.pairs import Pair

CASES = json.loads((Path(__file__).parent / "cases" / "filters.json").read_text(encoding="utf-8"))


def pair(case) -> Pair:
    times = case.get("times", 1)
    return Pair(
        kind=case["kind"],
        src_lang=case["langs"][0],
        tgt_lang=case["langs"][1],
        src=case["src"] * times,
        tgt=case["tgt"] * times,
        score=case.get("score", 0.9),
        flags=tuple(case.get("flags", ())),
        story_id="story",
        article_ids=("0" * 16,),
        block_ids=((1,),),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_each_pair_is_kept_or_dropped_for_the_reason_expected(case):
    assert reason_to_drop(pair(case), EmitConfig()) == case["reason"]


def test_every_filter_has_a_case_that_it_alone_decides():
    decided = {check.__name__: set() for check in FILTERS}
    for case in CASES:
        for check in FILTERS:
            if check(pair(case), EmitConfig()):
                decided[check.__name__].add(case["why"])
    assert all(decided.values())


@pytest.mark.parametrize(
    ("setting", "why", "reason"),
    [
        ({"drop_flags": ("number_lost",)}, "a lost number alone is let through by default", "flagged:number_lost"),
        ({"drop_flags": ("reports",)}, "the two scripts of Chinese are two languages", "flagged:reports"),
        ({"drop_flags": ()}, "a loop", None),
        ({"min_score_mt": 0.95}, "a plain sentence passes", "low_score"),
        ({"min_score_mined": 0.95}, "the two scripts of Chinese are two languages", "low_score"),
        ({"min_length": 30}, "a plain sentence passes", "too_short"),
        ({"max_length": 20}, "a plain sentence passes", "too_long"),
        ({"max_length_ratio": 1.0}, "a plain sentence passes", "length_ratio"),
    ],
)
def test_thresholds_are_settings(setting, why, reason):
    case = next(case for case in CASES if case["why"] == why)
    assert reason_to_drop(pair(case), EmitConfig(**setting)) == reason


def test_dropped_pairs_are_kept_aside_whole_with_their_reason(tmp_path):
    dropped = Dropped(tmp_path)
    kept = list(accepted(map(pair, CASES), EmitConfig(), dropped))
    expected = sorted(case["reason"] for case in CASES if case["reason"])
    frame = pl.concat(dropped.rows.batches())
    assert sorted(frame["reason"]) == expected
    assert dropped.counts == Counter((case["kind"], case["reason"]) for case in CASES if case["reason"])
    assert len(kept) + len(frame) == len(CASES)
    assert set(frame["src"]) == {pair(case).src for case in CASES if case["reason"]}
