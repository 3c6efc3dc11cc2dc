"""The scores of cleaning agree with the reference scorer, and with the floors we promise."""

import json
import re
import subprocess
import sys
from pathlib import Path
from statistics import fmean

import pytest

from pipeline.clean.model import load_model
from pipeline.eval.debris import (
    Counts,
    Line,
    Page,
    Verdicts,
    count,
    evaluate,
    judge,
    read_multi,
    read_seeds,
    weigh_tokens,
)
from tests.shared import shared

OWN = Path(__file__).parents[1] / "gold"
SEEDS = Path(__file__).parents[2] / "seeds"


def test_own_gold():
    scores = {score.name: score.value for score in evaluate(OWN, SEEDS)}
    assert scores["debris.seeds.f1"] >= 0.97
    assert scores["debris.seeds.keep_recall"] >= 0.995
    assert set(scores) == {"debris.seeds.f1", "debris.seeds.keep_recall"}


def test_no_gold_no_scores(tmp_path):
    assert evaluate(tmp_path) == []


def test_gold_without_its_seeds_is_not_scored(tmp_path):
    assert read_seeds(OWN, tmp_path) == []


def test_counts():
    lines = (
        Line("one two", "keep"),
        Line("three", "keep"),
        Line("four", "debris"),
        Line("--", "debris"),
        Line("x", "ignore"),
    )
    verdicts = Verdicts(Page("p", "en", lines), frozenset((1, 3, 5)), {})
    assert count(verdicts) == Counts(tp=1, fp=1, fn=1, tn=0)
    assert count(verdicts, weigh_tokens) == Counts(tp=2, fp=1, fn=1, tn=0)


def test_f1():
    counts = Counts(tp=6, fp=2, fn=2, tn=8)
    assert (counts.f1, counts.recall, counts.debris_f1) == (0.75, 0.75, 0.8)
    assert Counts().f1 == Counts().recall == Counts().debris_f1 == 0.0


def test_tokens():
    assert [weigh_tokens(text) for text in ("two words", "三个字", "ปลา", "a한국", "--")] == [2, 3, 3, 3, 1]


@pytest.fixture(scope="module")
def reference():
    """Run the scorer that stands beside the gold on verdicts, and return its numbers."""
    script = shared("gold", "score_debris.py")

    def run(gold: Path, judged: list[Verdicts], folder: Path, *options: str) -> str:
        predicted = folder / "predicted.jsonl"
        rows = [json.dumps({"page": v.page.name, "keep": sorted(v.kept)}) for v in judged]
        predicted.write_text("\n".join(rows), encoding="utf-8")
        command = [sys.executable, str(script), str(gold), str(predicted), *options]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return run


def test_seeds_agree_with_the_reference_and_hold_the_floors(reference, tmp_path):
    gold, seeds = shared("gold"), shared("seeds")
    judged = [judge(page, load_model()) for page in read_seeds(gold, seeds)]
    total = sum(map(count, judged), Counts())
    out = reference(gold / "debris_seeds" / "seeds.jsonl", judged, tmp_path, "--dir", str(seeds))
    assert f"lines P {total.tp / (total.tp + total.fp):.3f} R {total.recall:.3f} F1 {total.f1:.3f}" in out
    assert re.search(rf"debris lines .* F1 {total.debris_f1:.3f}", out)
    assert total.debris_f1 >= 0.97
    assert total.recall >= 0.995


def test_articles_agree_with_the_reference_and_hold_the_floor(reference, tmp_path):
    gold = shared("gold")
    judged = [judge(page, load_model()) for page in read_multi(gold)]
    total = sum(map(count, judged), Counts())
    mean = fmean(count(v, weigh_tokens).f1 for v in judged)
    out = reference(gold / "align_multi" / "versions_dev.jsonl", judged, tmp_path)
    assert f"R {total.recall:.3f} F1 {total.f1:.3f}" in out
    assert f"token F1 {mean:.3f}" in out
    assert total.f1 >= 0.99


def test_real_stories_lose_nothing_and_their_tails_go():
    seeds = shared("seeds")
    for number, tail in (("001", range(199, 225)), ("003", ())):
        path = next(seeds.glob(f"{number}*"))
        lines = tuple(Line(text, "keep") for text in path.read_text(encoding="utf-8").split("\n"))
        verdicts = judge(Page(number, "", lines), load_model())
        written = {n for n, line in enumerate(lines, 1) if line.text.strip()}
        assert written - verdicts.kept == set(tail)
