"""Score grouping with weights and a threshold that were learnt on other stories.

    python benchmarks/group_weights.py [GOLD [SEEDS]]

GOLD and SEEDS are folders like ../shared/gold and ../shared/seeds (the default). Of each set of the gold, prints pair
F1 with what ships, and with what serves the other stories best: stories are dealt into FOLDS parts, and all three
numbers are chosen on a grid, for each part by the files of the other parts alone. A pair of files of two parts is wrong
if the numbers of either part join it. What all files share (the mean that is taken out, how rare a name is, who is near
whom) is known without a label, and is taken from all of them.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from pipeline.config import Config, GroupConfig
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.files import find_article, read_seed
from pipeline.eval.groups import SETS, pair_f1, read_labels
from pipeline.group.article import Article, Sketch, build_article
from pipeline.group.files import version_of_text
from pipeline.group.group import WEIGHTS, Measure, Weights, group_sketches, sketch

FOLDS = 5
CLOSENESS, NAMES = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0), (0.0, 0.25, 0.5, 1.0, 2.0)
THRESHOLDS = tuple(np.arange(0.3, 2.01, 0.05).round(2).tolist())

Labels = Mapping[str, str]
Pair = tuple[str, str]


class Setting(NamedTuple):
    """The three numbers that grouping takes."""

    weights: Weights
    threshold: float


SHIPPED = Setting(WEIGHTS, GroupConfig().threshold)
GRID = [Setting(Weights(c, n), threshold) for c, n, threshold in product(CLOSENESS, NAMES, THRESHOLDS)]


class Corpus:
    """The files of a set; what two of them say to each other is measured once."""

    def __init__(self, labels: Labels, gold: Path, seeds: Path) -> None:
        encoder, cache, config = load_encoder(Config().group.encoder), MemoryCache(), Config()
        self.labels = labels
        self._articles: dict[str, Article | None] = {}
        self._sketches: list[tuple[str, Sketch | None]] = []
        self._known: dict[tuple[str, str, str], float] = {}
        for name in sorted(labels):
            version = version_of_text(name, read_seed(find_article(name, gold, seeds)).text, config)
            self._articles[name] = build_article(version, encoder, cache)
            self._sketches.append((name, sketch(version, self._articles[name])))

    def grouped(self, setting: Setting) -> dict[str, str]:
        """Group all files."""
        config = GroupConfig(threshold=setting.threshold)
        return group_sketches(self._sketches, self._compare, config, setting.weights)

    def _compare(self, measure: Measure, pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
        for a, b in pairs:
            asked = measure.__name__, a, b
            one, other = self._articles[a], self._articles[b]
            if asked not in self._known and one and other:
                self._known[asked] = measure(one, other)
            yield self._known[asked]


def fold(story: str) -> int:
    """Return the part that a story is in."""
    return crc32(story.encode()) % FOLDS


def learn(grouped: Mapping[Setting, Labels], labels: Labels) -> Setting:
    """Return the setting that groups files best: of several, the one in their middle."""
    scores = {setting: pair_f1(labels, found) for setting, found in grouped.items()}
    best = [setting for setting, score in scores.items() if score == max(scores.values())]
    places = np.array([(*setting.weights, setting.threshold) for setting in best])
    away = np.abs((places - places.mean(axis=0)) / np.array([max(CLOSENESS), max(NAMES), max(THRESHOLDS)])).sum(axis=1)
    return best[int(away.argmin())]


def main() -> None:
    """Print the scores of each set."""
    gold, seeds = (Path(given) for given in (*sys.argv[1:], "../shared/gold", "../shared/seeds")[:2])
    for name in SETS:
        corpus = Corpus(read_labels(gold / "grouping" / f"dev_{name}.tsv"), gold, seeds)
        labels = corpus.labels
        print(f"{name}, as it ships: {pair_f1(labels, corpus.grouped(SHIPPED)):.4f}", flush=True)
        grouped = {setting: corpus.grouped(setting) for setting in GRID}
        found: set[Pair] = set()
        for part in range(FOLDS):
            setting = learn(grouped, {file: story for file, story in labels.items() if fold(story) != part})
            told = " ".join(f"{number:g}" for number in (*setting.weights, setting.threshold))
            print(f"  part {part}: closeness, names, threshold {told}", flush=True)
            found |= {pair for pair in pairs(grouped[setting]) if part in {fold(labels[file]) for file in pair}}
        wanted = pairs(labels)
        print(
            f"{name}, learnt on other stories: {2 * len(found & wanted) / (len(found) + len(wanted)):.4f}", flush=True
        )


def pairs(labels: Labels) -> set[Pair]:
    """Return the pairs of files that have one label."""
    return {(a, b) for a, b in combinations(sorted(labels), 2) if labels[a] == labels[b]}


if __name__ == "__main__":
    main()
