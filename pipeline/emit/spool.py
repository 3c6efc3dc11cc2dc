"""Rows of one table on their way to its file: put down in any order, read back sorted, never all in memory."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl

PREFIX = 2  # characters of a key that name its bucket: of hexadecimal digits, they make 256
SPILL_BYTES = 2 * 2**20  # rows held before they are dealt out to the buckets
BATCH_BYTES = 2**20  # rows handed out together: a frame of a few rows takes polars a megabyte on its way to a file
_BUCKET = "bucket"
_PLAIN = pl.CompatLevel.oldest()  # the newest writes, of texts in lists, also those of the rows left out


class Spool:
    """Frames dealt to buckets by how their keys begin; a bucket is read back whole and sorted by itself.

    What is held in memory is what came last and, on the way out, a bucket or a few small ones. All of it lies in one
    file.
    """

    def __init__(self, path: Path, key: tuple[str, ...], bucket: pl.Expr) -> None:
        """Make a spool that `key` sorts; `bucket`, a text, must not decrease as the key grows."""
        self._path = path
        self._key = key
        self._bucket = bucket.alias(_BUCKET)
        self._held: list[pl.DataFrame] = []
        self._n_bytes = 0
        self._buckets: dict[str, list[tuple[int, int]]] = {}

    def add(self, frame: pl.DataFrame) -> None:
        """Put rows down."""
        self._held.append(frame)
        self._n_bytes += int(frame.estimated_size())
        if self._n_bytes >= SPILL_BYTES:
            self._spill()

    def batches(self) -> Iterator[pl.DataFrame]:
        """Yield all rows, sorted by key; they stay, for another reading."""
        self._spill()
        if not self._buckets:
            return
        with self._path.open("rb") as file:
            buckets = (
                pl.concat(_read(file, *piece) for piece in pieces).sort(self._key)
                for _, pieces in sorted(self._buckets.items())
            )
            yield from together(buckets)

    def _spill(self) -> None:
        if not self._held:
            return
        frame = pl.concat(self._held).with_columns(self._bucket)
        self._held.clear()
        self._n_bytes = 0
        with self._path.open("ab") as file:
            for (name,), part in frame.partition_by(_BUCKET, as_dict=True, include_key=False).items():
                start = file.tell()
                part.write_ipc_stream(file, compression="lz4", compat_level=_PLAIN)
                self._buckets.setdefault(str(name), []).append((start, file.tell() - start))


def together(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Join small frames that follow each other."""
    held: list[pl.DataFrame] = []
    n_bytes = 0
    for frame in frames:
        held.append(frame)
        n_bytes += int(frame.estimated_size())
        if n_bytes >= BATCH_BYTES:
            yield pl.concat(held, rechunk=True)
            held.clear()
            n_bytes = 0
    if held:
        yield pl.concat(held, rechunk=True)


def _read(file: BinaryIO, start: int, size: int) -> pl.DataFrame:
    file.seek(start)
    return pl.read_ipc_stream(file.read(size))
