"""Measure time and memory of sentence alignment on synthetic texts, beside length alone (Gale & Church 1993).

    python benchmarks/align.py > benchmarks/align.md

Units are random unit vectors and their noisy copies, split and merged at random; no encoder runs, so the figures are
those of the alignment itself.
"""

import math
import resource
import time

import numpy as np

from pipeline.align.lattice import Lattice, whole_band
from pipeline.align.monotone import align_monotone
from pipeline.align.side import Side
from pipeline.config import AlignConfig
from pipeline.encode import Lexical
from pipeline.encode.space import unit
from pipeline.records import Kind, Passage, Version

SIZES = (
    (500, 630),
    (1_000, 1_260),
    (2_500, 3_150),
    (5_000, 6_300),
    (10_000, 12_600),
    (25_000, 31_500),
    (50_000, 63_000),
)
GALE_CHURCH_UP_TO = 1_000
DIMENSIONS, NOISE = 384, 1.0
THRESHOLD = AlignConfig().sentence_threshold
Beads = set[tuple[tuple[int, ...], tuple[int, ...]]]


def main() -> None:
    """Print the table."""
    print("| units | time (s) | peak memory (MB) | strict F1 | Gale-Church: time (s) | strict F1 |")
    print("|---|---|---|---|---|---|")
    for n, m in SIZES:
        a, b, gold = synthetic(n, m)
        start = time.perf_counter()
        found = {scored.rung for scored in align_monotone(a, b, Lexical(), None, THRESHOLD) if all(scored.rung)}
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row = f"| {n} x {len(b.texts)} | {seconds:.1f} | {memory:.0f} | {strict(gold, found):.3f} |"
        if n <= GALE_CHURCH_UP_TO:
            start = time.perf_counter()
            by_length = gale_church(a, b)
            row += f" {time.perf_counter() - start:.1f} | {strict(gold, by_length):.3f} |"
        else:
            row += " - | - |"
        print(row, flush=True)


def synthetic(n: int, m: int) -> tuple[Side, Side, Beads]:
    """Return two sides of about n and m units, and their beads: some units of `a` are two of `b`."""
    random = np.random.default_rng(n)
    single = unit(random.normal(size=(n, DIMENSIONS)).astype(np.float32))
    split = random.random(n) < (m - n) / n
    rows, beads, lengths = [], set(), []
    size = random.integers(20, 200, size=n)
    for i in range(n):
        parts = 2 if split[i] else 1
        beads.add(((i,), tuple(range(len(rows), len(rows) + parts))))
        for _ in range(parts):
            rows.append(single[i] * (1.4 if parts == 1 else 1.0) + random.normal(size=DIMENSIONS) * NOISE / 20)
            lengths.append(max(1, int(size[i] / parts * random.uniform(0.8, 1.25))))
    return side("a", single, size.tolist()), side("b", unit(np.array(rows, dtype=np.float32)), lengths), beads


def side(name: str, rows: np.ndarray, lengths: list[int]) -> Side:
    """Make a side of vectors and lengths."""
    texts = tuple("x" * length for length in lengths)
    version = Version(name, "en", "", "", tuple(Passage(i, Kind.PARAGRAPH, t, "", 1.0) for i, t in enumerate(texts)))
    return Side(version, texts, texts, np.arange(len(texts)), rows, rows)


def gale_church(a: Side, b: Side) -> Beads:
    """Align by length alone."""
    prior = {(1, 1): 0.89, (1, 2): 0.045, (2, 1): 0.045, (2, 2): 0.011}
    totals = [np.concatenate([[0.0], np.cumsum(side.lengths(side.texts))]) for side in (a, b)]
    ratio = totals[1][-1] / totals[0][-1]

    def score(shape: tuple[int, int], i: np.ndarray, j: np.ndarray) -> np.ndarray:
        left = totals[0][i] - totals[0][np.maximum(i - shape[0], 0)]
        right = totals[1][np.maximum(j, 0)] - totals[1][np.maximum(j - shape[1], 0)]
        delta = (right - left * ratio) / np.sqrt(np.maximum(left, 1) * 6.8)
        tail = np.array([math.erfc(abs(value) / math.sqrt(2)) for value in delta])
        return np.log(np.maximum(tail, 1e-12)) + math.log(prior[shape])

    n, m = len(a.texts), len(b.texts)
    lattice = Lattice(n, m, tuple(prior), score, math.log(0.005), whole_band(n, m))
    return {rung for rung in lattice.best_path() if all(rung)}


def strict(gold: Beads, found: Beads) -> float:
    """Return strict F1."""
    return 2 * len(gold & found) / (len(gold) + len(found))


if __name__ == "__main__":
    main()
