"""Cases anyone can add to: `cases/*.json`, each a page of [verdict, line], verdict being keep or a label of debris."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.clean.pages import clean_lines, labels

CASES = Path(__file__).parent / "cases"
FILES = ("wild", "synthetic", "negative", "known_failures")


@dataclass(frozen=True)
class Case:
    """One entry of a case file."""

    label: str
    page: list[list[str]]
    metadata: dict[str, str] = field(default_factory=dict)
    comment: str = ""


def load(name: str) -> list[Case]:
    return [Case(**entry) for entry in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))]


def check(case: Case) -> None:
    lines = [text for _, text in case.page]
    removed = labels(lines)
    assert [[removed.get(number, "keep"), text] for number, text in enumerate(lines, 1)] == case.page
    found = clean_lines(lines).metadata
    assert {name: getattr(found, name) for name in case.metadata} == case.metadata


@pytest.mark.parametrize("case", [*load("wild"), *load("synthetic")], ids=lambda case: case.label)
def test_cleaned(case):
    check(case)


@pytest.mark.parametrize("case", load("negative"), ids=lambda case: case.label)
def test_left_alone(case):
    assert {verdict for verdict, _ in case.page} == {"keep"}
    check(case)


@pytest.mark.parametrize("case", load("known_failures"), ids=lambda case: case.label)
@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_known_failure(case):
    assert case.comment
    check(case)


def test_labels_are_unique():
    names = [case.label for name in FILES for case in load(name)]
    assert len(names) == len(set(names))
