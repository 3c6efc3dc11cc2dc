"""The pairs that stay out of the corpus, each with the reason."""

from collections import Counter
from pathlib import Path

import polars as pl

from pipeline.emit.pairs import Pair
from pipeline.emit.parquet import Rows
from pipeline.emit.schema import DROPPED


class Dropped:
    """The rows of `dropped`, and how many there are of each kind and reason."""

    def __init__(self, folder: Path) -> None:
        self.rows = Rows(DROPPED, folder)
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(self, pair: Pair, reason: str) -> None:
        """Put one pair with the others."""
        self.rows.extend([(*pair.row(), reason)])
        self.counts[pair.kind, reason] += 1

    def absorb(self, frame: pl.DataFrame) -> None:
        """Put the pairs of a frame, which has a column `reason` besides those of the corpus, with the others."""
        self.rows.absorb(frame)
        self.counts.update(frame.select("kind", "reason").iter_rows())
