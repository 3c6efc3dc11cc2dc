"""The training set: candidates in, deduplicated and leak-free splits out."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pipeline.config import EmitConfig
from pipeline.emit.card import write_card
from pipeline.emit.counts import Tally
from pipeline.emit.dedup import KEYS, drop_duplicates, drop_leaks, with_keys
from pipeline.emit.filters import Drops
from pipeline.emit.parquet import Rows, write
from pipeline.emit.splits import SPLITS, deal

FILE_ROWS = 1_000_000


def split_corpus(rows: Rows, config: EmitConfig, drops: Drops) -> dict[str, pl.DataFrame]:
    """Return the pairs of each split, sorted by id; the copy that stays is the one in test, then in validation."""
    frame = with_keys(rows.frame())
    split = deal(frame["story_id"].unique(), config)
    frame = frame.with_columns(split=pl.col("story_id").replace_strict(split, default="train", return_dtype=pl.String))
    parts: dict[str, pl.DataFrame] = {}
    held_out = frame.clear()
    for name in reversed(SPLITS):
        part = drop_duplicates(frame.filter(pl.col("split") == name), drops)
        parts[name] = drop_leaks(part, held_out, config.near_duplicate, drops)
        held_out = pl.concat([held_out, parts[name]])
    return {name: parts[name].drop(*KEYS, "split").sort("id") for name in SPLITS}


def write_corpus(parts: dict[str, pl.DataFrame], drops: Drops, signature: str, folder: Path) -> tuple[Tally, ...]:
    """Write the files of every split that has rows, and the dataset card; return the rows by split and kind.

    A split without rows has no file, because `datasets` refuses an empty one; an empty corpus is one empty train file.
    """
    folder.mkdir()
    present = {name: part for name, part in parts.items() if len(part)} or {"train": parts["train"]}
    for name, part in present.items():
        for number, piece, total in _pieces(part):
            write(piece, folder / f"{name}-{number:05}-of-{total:05}.parquet", signature)
    write_card(present, drops, signature, folder / "README.md")
    return tuple(
        Tally(name, kind, n) for name, part in present.items() for kind, n in sorted(part.group_by("kind").len().rows())
    )


def _pieces(frame: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame, int]]:
    """Cut a split into files of bounded size."""
    total = max(1, -(-len(frame) // FILE_ROWS))
    for number in range(total):
        yield number, frame.slice(number * FILE_ROWS, FILE_ROWS), total
