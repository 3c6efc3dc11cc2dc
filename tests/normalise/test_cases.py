"""Cases anyone can add to: `cases/*.json`, each with `original` and either `fixed` (one line) or `blocks`."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.config import NormaliseConfig
from pipeline.normalise import normalise
from pipeline.normalise.repairs import repair
from pipeline.records import Seed

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One entry of a case file."""

    label: str
    original: str
    fixed: str | None = None
    repairs: list[str] | None = None
    blocks: list[list[str]] | None = None
    comment: str = ""


def load(name: str) -> list[Case]:
    return [Case(**entry) for entry in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))]


def check(case: Case) -> None:
    if case.blocks is not None:
        seed = Seed("0" * 16, "0" * 64, 0, "utf-8", case.original)
        blocks = normalise(seed, NormaliseConfig())
        assert [[block.kind, block.text] for block in blocks] == case.blocks
        return
    text, repairs = repair(case.original)
    assert text == case.fixed
    if case.repairs is not None:
        assert list(repairs) == case.repairs


@pytest.mark.parametrize("case", [*load("wild"), *load("synthetic")], ids=lambda case: case.label)
def test_repaired(case):
    check(case)


@pytest.mark.parametrize("case", load("negative"), ids=lambda case: case.label)
def test_left_alone(case):
    check(case)


@pytest.mark.parametrize("case", load("known_failures"), ids=lambda case: case.label)
@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_known_failure(case):
    assert case.comment
    check(case)


def test_labels_are_unique():
    labels = [case.label for name in ("wild", "synthetic", "negative", "known_failures") for case in load(name)]
    assert len(labels) == len(set(labels))
