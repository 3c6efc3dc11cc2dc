"""Measure how long English is beside its source: the bounds in `pipeline/translate/data/guards.toml`.

    python benchmarks/translate_lengths.py DATA

DATA is a folder of training pairs; reads a quarter of each `*.tsv.xz` (source TAB English TAB origin), pairs of 15 or
more characters, white space aside.
"""

import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

EVERY = 4
SHORTEST = 15


def main() -> None:
    """Print the percentiles of each file."""
    for path in sorted(Path(sys.argv[1]).glob("*.tsv.xz")):
        ratios = np.fromiter(measure(path), float)
        low, middle, high = np.percentile(ratios, [0.1, 50, 99.9])
        print(f"{path.name}: n={len(ratios)} 0.1%={low:.2f} median={middle:.2f} 99.9%={high:.2f}")


def measure(path: Path) -> Iterator[float]:
    """Yield characters of English for each character of the source."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            source, english = (len("".join(cell.split())) for cell in line.split("\t")[:2])
            if number % EVERY == 0 and source >= SHORTEST:
                yield english / source


if __name__ == "__main__":
    main()
