"""The training set: candidates in, deduplicated and leak-free splits out."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pipeline.config import EmitConfig
from pipeline.emit.dedup import drop_duplicates, drop_leaks, with_keys
from pipeline.emit.parquet import Rows, write
from pipeline.emit.schema import CORPUS
from pipeline.emit.splits import SPLITS, deal

FILE_ROWS = 1_000_000

Parts = dict[str, pl.DataFrame]


def split_corpus(rows: Rows, config: EmitConfig, dropped: Rows) -> Parts:
    """Return the pairs of each split, sorted by id; of copies across splits the one held out stays."""
    frame = with_keys(rows.frame())
    split = deal(frame["story_id"].unique(), config)
    frame = frame.with_columns(split=pl.col("story_id").replace_strict(split, default="train", return_dtype=pl.String))
    parts: Parts = {}
    held_out = frame.clear()
    for name in reversed(SPLITS):
        part = drop_duplicates(frame.filter(pl.col("split") == name), dropped)
        parts[name] = drop_leaks(part, held_out, config.near_duplicate, dropped)
        held_out = pl.concat([held_out, parts[name]])
    return {name: parts[name].select(*CORPUS.schema).sort("id") for name in SPLITS}


def write_splits(parts: Parts, signature: str, folder: Path) -> None:
    """Write the files of every split that has rows.

    `datasets` refuses an empty split, so there is no file of one; an empty corpus is one empty train file.
    """
    folder.mkdir()
    for name, part in (present(parts) or {"train": parts["train"]}).items():
        for number, piece, total in _pieces(part):
            write(piece, folder / f"{name}-{number:05}-of-{total:05}.parquet", signature)


def present(parts: Parts) -> Parts:
    """Return the splits that have rows."""
    return {name: part for name, part in parts.items() if len(part)}


def _pieces(frame: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame, int]]:
    """Cut a split into files of bounded size."""
    total = max(1, -(-len(frame) // FILE_ROWS))
    for number in range(total):
        yield number, frame.slice(number * FILE_ROWS, FILE_ROWS), total
