"""The scores of language identification agree with the reference scorer, and with the floors we promise."""

import importlib.util
import json
from pathlib import Path

import pytest

from pipeline.eval.lid import Judged, confusion, evaluate, judge_texts, macro_f1
from tests.shared import shared

OWN = Path(__file__).parents[1] / "gold"
SEEDS = Path(__file__).parents[2] / "seeds"


def test_own_gold():
    scores = {score.name: score for score in evaluate(OWN, SEEDS)}
    assert scores["lid.articles"].value == 1.0
    assert scores["lid.articles"].n == 8
    assert scores["lid.seeds"].value >= 0.97
    assert "lid.all" not in scores


def test_no_gold_no_scores(tmp_path):
    assert evaluate(tmp_path) == []


def test_scores_count_what_they_say(tmp_path):
    rows = [
        {"id": "1", "lang": "ja", "bucket": "tiny", "text": "これ"},
        {"id": "2", "lang": "ko", "bucket": "tiny", "text": "それ"},
        {"id": "3", "lang": "ko", "bucket": "long", "text": "이것"},
    ]
    (tmp_path / "lid").mkdir()
    (tmp_path / "lid" / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    scores = {score.name: (round(score.value, 3), score.n) for score in evaluate(tmp_path)}
    assert scores == {
        "lid.all": (0.667, 3),
        "lid.macro_f1": (0.667, 3),
        "lid.ja": (1.0, 1),
        "lid.ko": (0.5, 2),
        "lid.tiny": (0.5, 2),
        "lid.long": (1.0, 1),
    }


def test_confusion_counts_pairs():
    judged = [Judged("1", "tiny", "id", "ms"), Judged("2", "tiny", "id", "id"), Judged("3", "tiny", "id", "id")]
    assert confusion(judged) == [("id", "id", 2), ("id", "ms", 1)]
    assert macro_f1(judged) == pytest.approx(0.8)


def test_agrees_with_the_reference_scorer_and_holds_its_floor():
    gold = shared("gold", "lid", "dev.jsonl")
    spec = importlib.util.spec_from_file_location("score_lid", shared("gold", "score_lid.py"))
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    judged = judge_texts(gold)
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    expected = reference.score(rows, {item.name: item.predicted for item in judged}, out=lambda _: None)
    ours = {score.name.removeprefix("lid."): score.value for score in evaluate(gold.parents[1])}
    assert ours["all"] == pytest.approx(expected["all"]["all"])
    assert ours["macro_f1"] == pytest.approx(expected["macro"])
    for lang in {item.gold for item in judged}:
        assert ours[lang] == pytest.approx(expected[lang]["all"])
    for bucket in ("tiny", "short", "mid", "long"):
        assert ours[bucket] == pytest.approx(expected["all"][bucket])
    assert ours["all"] >= 0.97
    assert ours["articles"] == 1.0
    assert ours["seeds"] >= 0.99
