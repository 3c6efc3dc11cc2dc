"""What must not be translated comes through the model that ships: names, numbers, addresses, handles, tags, code."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.config import TranslateConfig
from pipeline.translate import DictMemory, Translator, numbers

CASES = Path(__file__).parent / "cases" / "survival.tsv"
FLOORS = {"url": 1.0, "email": 1.0, "handle": 1.0, "tag": 1.0, "code": 1.0, "number": 0.9, "name": 0.8}


@pytest.fixture(scope="module")
def survived(shipped_store):
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    translator = Translator(shipped_store, TranslateConfig(), DictMemory())
    found = translator.translate([(row["sentence"], row["lang"]) for row in rows])
    return [(row, hypothesis, holds(row, hypothesis.english)) for row, hypothesis in zip(rows, found, strict=True)]


def holds(row, english):
    if row["kind"] == "number":
        return all(n.values & numbers.values(english, "en") for n in numbers.written(row["token"], row["lang"]))
    return row["token"] in english


@pytest.mark.parametrize("kind", FLOORS)
def test_share_that_survives(survived, kind):
    outcome = Counter(held for row, _, held in survived if row["kind"] == kind)
    assert outcome[True] / outcome.total() >= FLOORS[kind]


def test_a_lost_number_is_flagged(survived):
    for row, hypothesis, held in survived:
        if row["kind"] == "number" and not held:
            assert "number_lost" in hypothesis.flags
