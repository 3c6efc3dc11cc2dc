"""Read chosen pairs of a corpus, a row group at a time, however large it is."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from pipeline.emit.parquet import ROW_GROUP_ROWS, reading
from pipeline.emit.splits import SPLITS
from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pairs to read; None chooses all."""

    split: str | None = None
    kind: str | None = None
    src_lang: str | None = None
    tgt_lang: str | None = None
    min_score: float | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """One pair of the corpus, with the split it is in."""

    id: str
    split: str
    kind: str
    src_lang: str
    tgt_lang: str
    src: str
    tgt: str
    score: float
    flags: list[str]
    story_id: str
    article_ids: list[str]
    block_ids: list[list[int]]


def read_pairs(output: Path, choice: Choice) -> Iterator[Exported]:
    """Yield the chosen pairs: train, validation, test, each ordered by id.

    Raises ConfigError when the folder holds no corpus.
    """
    corpus = output / "corpus"
    if not any(corpus.glob("*.parquet")):
        raise ConfigError(f"there is no corpus in {corpus}; make one with `pipeline run --output {output}`")
    return _read(output, choice)


def _read(output: Path, choice: Choice) -> Iterator[Exported]:
    with reading(output):
        for split in SPLITS if choice.split is None else (choice.split,):
            for path in sorted((output / "corpus").glob(f"{split}-*.parquet")):
                for batch in _batches(path):
                    for row in _chosen(batch.with_columns(split=pl.lit(split)), choice).iter_rows():
                        yield Exported(*row)


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    rows = pl.scan_parquet(path)
    total = rows.select(pl.len()).collect().item()
    for start in range(0, total, ROW_GROUP_ROWS):
        yield rows.slice(start, ROW_GROUP_ROWS).collect()


def _chosen(batch: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    for column in ("kind", "src_lang", "tgt_lang"):
        wanted = getattr(choice, column)
        if wanted is not None:
            batch = batch.filter(pl.col(column) == wanted)
    if choice.min_score is not None:
        batch = batch.filter(pl.col("score") >= choice.min_score)
    return batch.select(field.name for field in fields(Exported))
