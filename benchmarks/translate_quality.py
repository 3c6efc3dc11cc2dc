"""Fit the quality estimate: how a translation's probability, length and flags predict its chrF.

    python benchmarks/translate_quality.py [--gold ../shared/gold/mt] [--models models] [--lines 120] [--write]

Fits on the first lines of each language (of FLORES devtest) and reports the correlation on as many lines from its
second half, which are other documents. `--write` replaces `pipeline/translate/data/quality.toml`.
"""

import argparse
from pathlib import Path

import numpy as np
from sacrebleu.metrics import CHRF

from pipeline.config import TranslateConfig
from pipeline.store import ModelStore
from pipeline.translate import DictMemory, Translator, quality
from pipeline.translate.shares import NOTES

LANGUAGES = ("id", "vi", "zh-Hans", "zh-Hant")
FLAG = -0.01
DATA = Path("pipeline/translate/data/quality.toml")


def main() -> None:
    """Fit, report, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/mt"))
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--lines", type=int, default=120)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    known = measure(args.gold, args.models, slice(0, args.lines))
    unseen = measure(args.gold, args.models, slice(506, 506 + args.lines))
    weights = fit(*known)
    for name, (features, chrf) in {"seen": known, "unseen": unseen}.items():
        said = np.clip(features @ weights, 0, 1)
        print(
            f"{name}: n={len(chrf)} pearson={pearson(said, chrf):.3f} spearman={pearson(ranks(said), ranks(chrf)):.3f}"
        )
        print(f"  mean error {np.mean(said - chrf):+.3f}, absolute {np.mean(abs(said - chrf)):.3f}")
    if args.write:
        write(weights, ModelStore(args.models), args.lines, unseen)


def measure(gold: Path, models: Path, lines: slice) -> tuple[np.ndarray, np.ndarray]:
    """Return the features of each translation and its chrF in [0, 1]."""
    seen: list[tuple[float, ...]] = []
    original = quality.estimate

    def record(log_prob: float, english: str, flags: tuple[str, ...]) -> float:
        rows[english, flags] = quality.features(log_prob, english, flags)
        return original(log_prob, english, flags)

    rows: dict[tuple[str, tuple[str, ...]], tuple[float, ...]] = {}
    quality.estimate = record
    translator = Translator(ModelStore(models), TranslateConfig(), DictMemory())
    scores: list[float] = []
    metric = CHRF()
    references = (gold / "flores.en").read_text(encoding="utf-8").splitlines()[lines]
    for lang in LANGUAGES:
        sources = (gold / f"flores.{lang}").read_text(encoding="utf-8").splitlines()[lines]
        found = translator.translate([(source, lang) for source in sources])
        for hypothesis, reference in zip(found, references, strict=True):
            flags = tuple(f for f in hypothesis.flags if f not in NOTES)
            seen.append(rows[hypothesis.english, flags])
            scores.append(metric.sentence_score(hypothesis.english, [reference]).score / 100)
    quality.estimate = original
    return np.array(seen), np.array(scores)


def fit(features: np.ndarray, chrf: np.ndarray) -> np.ndarray:
    """Return the weights of a ridge regression; the small penalty keeps correlated features from cancelling.

    A flag, the last feature, costs at least FLAG: what the guards object to is no better for it, whatever so few say.
    """
    penalty = np.eye(features.shape[1]) * 0.1
    penalty[0, 0] = 0
    weights = np.linalg.solve(features.T @ features + penalty, features.T @ chrf)
    if weights[-1] <= FLAG:
        return weights
    rest = features[:, :-1]
    others = np.linalg.solve(rest.T @ rest + penalty[:-1, :-1], rest.T @ (chrf - FLAG * features[:, -1]))
    return np.append(others, FLAG)


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    """Return the linear correlation."""
    return float(np.corrcoef(a, b)[0, 1])


def ranks(values: np.ndarray) -> np.ndarray:
    """Return the rank of each value."""
    return np.argsort(np.argsort(values))


def write(weights: np.ndarray, store: ModelStore, lines: int, unseen: tuple[np.ndarray, np.ndarray]) -> None:
    """Replace the data file, with what it was fitted on."""
    correlation = pearson(np.clip(unseen[0] @ weights, 0, 1), unseen[1])
    names = ", ".join(pack.label for pack in store.packs())
    rows = "\n".join(f"{name} = {weight:.4f}" for name, weight in zip(quality.FEATURES, weights, strict=True))
    DATA.write_text(
        "# The weights of the quality estimate: expected chrF / 100 of a sentence.\n"
        f"# Fitted on {names}: python benchmarks/translate_quality.py --lines {lines} --write\n"
        f"# Pearson correlation with the chrF of {len(unseen[1])} other sentences: {correlation:.2f}\n\n"
        f"[weights]\n{rows}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
