"""Collect rows in any order; write them sorted, in bytes that depend on the rows alone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from pipeline.emit.schema import SCHEMA_VERSION, Table
from pipeline.emit.spool import PREFIX, Spool, together
from pipeline.errors import PipelineError

CHUNK_ROWS = 1_000
ROW_GROUP_ROWS = 16_384
ZSTD_LEVEL = 6

Row = tuple[Any, ...]


class Rows:
    """The rows of one table so far; all but the latest few lie in a folder of their own, a file a table."""

    def __init__(self, table: Table, folder: Path) -> None:
        self.table = table
        self._fresh: list[Row] = []
        *whole, last = table.key[: table.spread]
        bucket = pl.concat_str([*map(pl.col, whole), pl.col(last).str.head(PREFIX)], separator="\0")
        self._spool = Spool(folder / table.name, table.key, bucket)

    def extend(self, rows: Iterable[Row]) -> None:
        """Add rows, each a tuple in the order of the schema."""
        for row in rows:
            self._fresh.append(row)
            if len(self._fresh) >= CHUNK_ROWS:
                self._pack()

    def absorb(self, frame: pl.DataFrame) -> None:
        """Add the rows of a frame that has the table's columns among others."""
        self._spool.add(frame.select(*self.table.schema))

    def batches(self) -> Iterator[pl.DataFrame]:
        """Yield all rows, sorted by the table's key, some at a time; a table without rows has no batch."""
        self._pack()
        yield from self._spool.batches()

    def _pack(self) -> None:
        self._spool.add(pl.DataFrame(self._fresh, schema=self.table.schema, orient="row"))
        self._fresh.clear()


def write(batches: Iterable[pl.DataFrame], table: Table, path: Path, signature: str) -> None:
    """Write one Parquet file with the schema's version and the run's signature in its metadata.

    The bytes do not depend on how the rows are cut into batches, and no more than a row group of them is held.
    """

    def source(*_: object) -> Iterator[pl.DataFrame]:
        yield from together(batches)

    register_io_source(source, schema=table.schema).sink_parquet(
        path,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=ROW_GROUP_ROWS,
        maintain_order=True,
        metadata={"schema_version": SCHEMA_VERSION, "signature": signature},
    )


@contextmanager
def reading(output: Path) -> Iterator[None]:
    """Raise PipelineError where a table of an output folder turns out to be damaged."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise PipelineError(
            f"a table in {output} cannot be read: {error}; write it again: pipeline run --output {output}"
        ) from error


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Raise PipelineError where the tables cannot be written, for want of room most likely."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise PipelineError(
            f"cannot write the tables in {output}: {error}; see to space and permissions there, and run again"
        ) from error
