"""Collect rows in any order; write them sorted, in bytes that depend on the rows alone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.emit.schema import SCHEMA_VERSION, Table
from pipeline.errors import PipelineError

CHUNK_ROWS = 20_000
ROW_GROUP_ROWS = 16_384
ZSTD_LEVEL = 6

Row = tuple[Any, ...]


@dataclass(slots=True)
class Rows:
    """The rows of one table so far; all but the latest few are held as columns, a tenth of their size as objects."""

    table: Table
    _fresh: list[Row] = field(default_factory=list)
    _chunks: list[pl.DataFrame] = field(default_factory=list)

    def extend(self, rows: Iterable[Row]) -> None:
        """Add rows, each a tuple in the order of the schema."""
        for row in rows:
            self._fresh.append(row)
            if len(self._fresh) >= CHUNK_ROWS:
                self._pack()

    def absorb(self, frame: pl.DataFrame) -> None:
        """Add the rows of a frame that has the table's columns among others."""
        self._chunks.append(frame.select(*self.table.schema))

    def frame(self) -> pl.DataFrame:
        """Return all rows, sorted by the table's key."""
        self._pack()
        return pl.concat(self._chunks).sort(self.table.key)

    def _pack(self) -> None:
        self._chunks.append(pl.DataFrame(self._fresh, schema=self.table.schema, orient="row"))
        self._fresh.clear()


def write(frame: pl.DataFrame, path: Path, signature: str) -> None:
    """Write one Parquet file with the schema's version and the run's signature in its metadata."""
    frame.rechunk().write_parquet(
        path,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=ROW_GROUP_ROWS,
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
