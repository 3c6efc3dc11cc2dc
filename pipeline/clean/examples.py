"""Training examples: labelled pages as they are, cut to less noise, and with no noise at all."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import gather
from pipeline.clean.evidence import find_hits
from pipeline.clean.features import Table, describe
from pipeline.clean.lexicon import Hit, Strength

KEEP, DEBRIS, IGNORE = "keep", "debris", "ignore"
_NEAR = (10, 30)  # lines above and below the story, as seeds have them
_CUTS = 6
_MARGINS = ((0, 1, 2, 4, 8, 16, 40), (0, 1, 3, 6, 12, 30, 80))
_SHORTEST = 6

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A labelled page: (text, keep | debris | ignore) a line; the language where it is known."""

    name: str
    lang: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A page to learn from: its features, 1 for story, 0 for debris, -1 for neither; and what a line of it weighs."""

    table: Table
    labels: NDArray[np.int8]
    importance: float


def make_examples(pages: Sequence[LabelledPage]) -> list[Example]:
    """Return every page whole, near and cut at random, and its story alone; the same input gives the same examples."""
    return [_example(lines, importance) for page in pages for lines, importance in _variants(page)]


def _variants(page: LabelledPage) -> Iterator[tuple[Lines, float]]:
    chance = random.Random(page.name)  # noqa: S311  # variety, not secrecy
    kept = [index for index, (_, label) in enumerate(page.lines) if label == KEEP]

    def cut(above: int, below: int) -> Lines:
        return page.lines[max(0, kept[0] - above) : kept[-1] + 1 + below]

    yield page.lines, 3.0
    yield cut(*_NEAR), 1.5
    for _ in range(_CUTS):
        yield cut(*(chance.choice(margins) for margins in _MARGINS)), 1.0
    story = [line for line in page.lines if line[1] == KEEP]
    yield tuple(story), 0.7
    chance.shuffle(story)
    yield tuple(story), 0.7
    yield story[: chance.randint(1, _SHORTEST)], 3.0


def _example(lines: Lines, importance: float) -> Example:
    batch = gather([[text for text, _ in lines]])
    hits = find_hits(batch)
    labels = np.array([_number(label, hit) for (_, label), hit in zip(lines, hits, strict=True)], dtype=np.int8)
    return Example(describe(batch, hits), labels, importance * 8 / len(lines) ** 0.5)


def _number(label: str, hit: Hit | None) -> int:
    """Learn nothing from a line of the story that goes whatever the model says."""
    if label == KEEP:
        return -1 if hit and hit.strength is not Strength.WEAK else 1
    return 0 if label == DEBRIS else -1
