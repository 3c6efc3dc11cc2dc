"""The tables of a run, read lazily: a report of a large run holds counts and samples in memory, not the run."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.emit.quarantine import Quarantined, read_quarantine
from pipeline.emit.splits import SPLITS
from pipeline.errors import ConfigError

PART = 100_000  # rows, some 50 MB of text


@dataclass(frozen=True, slots=True)
class Tables:
    """What a run wrote; `corpus` has a column `split` besides its own."""

    articles: pl.LazyFrame
    blocks: pl.LazyFrame
    sentences: pl.LazyFrame
    alignments: pl.LazyFrame
    groups: pl.LazyFrame
    corpus: pl.LazyFrame
    dropped: pl.LazyFrame
    quarantine: list[Quarantined]
    signature: str


def open_tables(output: Path) -> Tables:
    """Open the tables in an output folder.

    Raises ConfigError when the folder holds no finished run.
    """
    names = ("articles", "blocks", "sentences", "alignments", "groups", "dropped")
    paths = {name: output / f"{name}.parquet" for name in names}
    missing = [path.name for path in paths.values() if not path.exists()]
    if missing:
        raise ConfigError(f"{output} lacks {', '.join(missing)}; make it with `pipeline run --output {output}`")
    return Tables(
        **{name: pl.scan_parquet(path) for name, path in paths.items()},
        corpus=_corpus(output / "corpus"),
        quarantine=read_quarantine(output),
        signature=pl.read_parquet_metadata(paths["articles"])["signature"],
    )


def in_parts(table: pl.LazyFrame, *columns: str) -> Iterator[pl.DataFrame]:
    """Yield these columns of a table, some rows at a time and in its order; one part at least, though it be empty."""
    rows = table.select(pl.len()).collect().item()
    for start in range(0, max(1, rows), PART):
        yield table.select(columns).slice(start, PART).collect()


def _corpus(folder: Path) -> pl.LazyFrame:
    splits = [
        pl.scan_parquet(path).with_columns(split=pl.lit(name))
        for name in SPLITS
        for path in sorted(folder.glob(f"{name}-*.parquet"))
    ]
    return pl.concat(splits)
