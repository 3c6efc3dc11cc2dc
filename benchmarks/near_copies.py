"""Measure the search for near copies on the lines of a text file.

    python benchmarks/near_copies.py LINES.txt --originals 60000 --probes 1000

Prints how often a line with one or two words changed (in Chinese, one or two pairs of characters) still counts as a
copy, and the time of a look-up by how many rare n-grams must be shared.
"""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.emit import copies
from pipeline.emit.text import is_wide


def main() -> None:
    """Read the options, print both measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--originals", type=int, default=10_000)
    parser.add_argument("--probes", type=int, default=1_000)
    parser.add_argument("--threshold", type=float, default=0.5)
    options = parser.parse_args()
    lines = [line for line in options.lines.read_text(encoding="utf-8").splitlines() if line]
    recall(lines[: options.probes], options.threshold)
    speed(lines[: options.originals], lines[options.originals :][: options.probes], options.threshold)


def recall(lines: Sequence[str], threshold: float) -> None:
    """Print the share of changed lines that are found."""
    rng = random.Random(1)  # noqa: S311 (no secret)
    for changes in (1, 2):
        overlaps = [copies.overlap(copies.shingles(line), copies.shingles(edit(line, changes, rng))) for line in lines]
        found = sum(overlap >= threshold for overlap in overlaps)
        print(f"{changes} changed: {found / len(lines):.3f} found")


def edit(line: str, changes: int, rng: random.Random) -> str:
    """Replace words of a line by words that it does not hold."""
    wide = is_wide(line)
    words = [line[at : at + 2] for at in range(0, len(line), 2)] if wide else line.split()
    for _ in range(changes):
        words[rng.randrange(len(words))] = "某某" if wide else "xyzzyx"
    return ("" if wide else " ").join(words)


def speed(originals: Sequence[str], probes: Sequence[str], threshold: float) -> None:
    """Print microseconds a look-up, and the copies found, which must not change."""
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        copies.SHARED = share
        index = copies.Originals(originals, threshold)
        started = time.process_time()
        found = sum(index.has_copy(probe) for probe in probes)
        seconds = time.process_time() - started
        print(f"share {share:.2f}: {seconds / max(1, len(probes)) * 1e6:6.0f} µs a look-up, {found} copies")


if __name__ == "__main__":
    main()
