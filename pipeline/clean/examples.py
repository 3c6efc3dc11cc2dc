"""Training pages: the labelled pages as they are, cut to less noise, and with no noise at all."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import gather
from pipeline.clean.evidence import find_hits
from pipeline.clean.features import Table, describe

KEEP, DEBRIS, IGNORE = "keep", "debris", "ignore"
_CUTS = 6
_MARGINS = ((0, 1, 2, 4, 8, 16, 40), (0, 1, 3, 6, 12, 30, 80))
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A labelled page: (text, keep | debris | ignore) a line."""

    name: str
    site: str
    lang: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A page to learn from: its features, 1 for story, 0 for debris, -1 for neither; and what a line of it weighs."""

    page: GoldPage
    table: Table
    labels: NDArray[np.int8]
    importance: float


def read_pages(path: Path) -> list[GoldPage]:
    """Read pages of `{page, site, lang, lines: [[text, label, …], …]}`, one a row; empty lines are left out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        GoldPage(
            row["page"],
            row["site"],
            row["lang"],
            tuple((line[0].strip(), line[1]) for line in row["lines"] if line[0].strip()),
        )
        for row in rows
    ]


def make_examples(full: Sequence[GoldPage], near: Sequence[GoldPage]) -> list[Example]:
    """Return every page whole and near, and its variants; the same input gives the same examples."""
    return [
        _example(page, lines, importance)
        for whole, close in zip(full, near, strict=True)
        for page, lines, importance in _variants(whole, close)
    ]


def _variants(full: GoldPage, near: GoldPage) -> Iterator[tuple[GoldPage, Sequence[tuple[str, str]], float]]:
    chance = random.Random(full.name)  # noqa: S311  # variety, not secrecy
    yield full, full.lines, 1.0
    yield near, near.lines, 1.5
    kept = [index for index, (_, label) in enumerate(full.lines) if label == KEEP]
    for _ in range(_CUTS):
        above, below = (chance.choice(margins) for margins in _MARGINS)
        yield full, full.lines[max(0, kept[0] - above) : kept[-1] + 1 + below], 1.0
    story = [line for line in near.lines if line[1] == KEEP and any(c.isalnum() for c in line[0])]
    yield near, tuple(story), 0.7
    chance.shuffle(story)
    yield near, tuple(story), 0.7
    yield near, story[: chance.randint(1, _SHORTEST)], 3.0


def _example(page: GoldPage, lines: Sequence[tuple[str, str]], importance: float) -> Example:
    batch = gather([[text for text, _ in lines]])
    labels = np.array([{KEEP: 1, DEBRIS: 0}.get(label, -1) for _, label in lines], dtype=np.int8)
    return Example(page, describe(batch, find_hits(batch)), labels, importance * 8 / len(lines) ** 0.5)
