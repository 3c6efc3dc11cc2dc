"""The training set: candidates in, deduplicated and leak-free splits out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.config import EmitConfig
from pipeline.emit.candidates import Candidates
from pipeline.emit.dedup import Sieve
from pipeline.emit.dropped import Dropped
from pipeline.emit.parquet import write
from pipeline.emit.schema import CORPUS
from pipeline.emit.splits import SPLITS, deal

FILE_ROWS = 1_000_000
_DEALT = {"story_id": pl.Categorical(), "split": pl.Enum(SPLITS)}


@dataclass(frozen=True, slots=True)
class Part:
    """One split: the facts of its pairs, and the candidates among which their texts are."""

    facts: pl.DataFrame
    candidates: Candidates

    def __len__(self) -> int:
        return len(self.facts)

    def kinds(self) -> Iterator[tuple[str, int]]:
        """Yield each kind of pairs with their number."""
        return self.facts.group_by(pl.col("kind").cast(pl.String)).len().iter_rows()

    def batches(self) -> Iterator[pl.DataFrame]:
        """Yield its rows, sorted by id, some at a time."""
        chosen = self.candidates.chosen(self.facts)
        for rows in self.candidates.batches():
            yield rows.filter(chosen[rows["row"].to_numpy()]).select(*CORPUS.schema)


Parts = dict[str, Part]


def split_corpus(candidates: Candidates, config: EmitConfig, dropped: Dropped) -> Parts:
    """Return the pairs of each split; of copies across splits the one held out stays."""
    facts = candidates.facts()
    split = deal(facts["story_id"].unique().cast(pl.String), config)
    dealt = pl.DataFrame({"story_id": list(split), "split": list(split.values())}, schema=_DEALT)
    facts = facts.join(dealt, on="story_id", how="left")
    sieve = Sieve(candidates, config.near_duplicate)
    parts: Parts = {}
    held_out = facts.clear()
    for name in reversed(SPLITS):
        own = sieve.without_duplicates(facts.filter(pl.col("split") == name))
        parts[name] = Part(sieve.without_leaks(own, held_out), candidates)
        held_out = pl.concat([held_out, parts[name].facts])
    for rows in candidates.batches():
        dropped.absorb(rows.join(sieve.lost, on="row", how="inner"))
    return {name: parts[name] for name in SPLITS}


def write_splits(parts: Parts, signature: str, folder: Path) -> None:
    """Write the files of every split that has rows.

    `datasets` refuses an empty split, so there is no file of one; an empty corpus is one empty train file.
    """
    folder.mkdir()
    for name, part in (present(parts) or {"train": parts["train"]}).items():
        total = max(1, -(-len(part) // FILE_ROWS))
        supply = _Supply(part.batches())
        for number in range(total):
            write(supply.take(FILE_ROWS), CORPUS, folder / f"{name}-{number:05}-of-{total:05}.parquet", signature)


def present(parts: Parts) -> Parts:
    """Return the splits that have rows."""
    return {name: part for name, part in parts.items() if len(part)}


class _Supply:
    """Batches that are handed out to several files of bounded size."""

    def __init__(self, batches: Iterator[pl.DataFrame]) -> None:
        self._batches = batches
        self._rest = pl.DataFrame(schema=CORPUS.schema)

    def take(self, n: int) -> Iterator[pl.DataFrame]:
        """Yield the next n rows, as far as there are any."""
        while n > 0:
            batch = self._rest if len(self._rest) else next(self._batches, None)
            if batch is None:
                return
            yield batch.head(n)
            self._rest = batch.slice(n)
            n -= len(batch)
