"""The embedded store under `output/.state/`: stage results, translation memory, vectors and facts of the last run."""

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import OutputLockedError, PipelineError

FOLDER = ".state"
_SCHEMA_VERSION = 1
_TABLES = ("results", "memory", "vectors", "facts")
_CHUNK = 500  # SQLite accepts 999 variables in its oldest builds


class Table:
    """A map from text keys to bytes inside the store; of a store opened for reading, new rows stay in memory."""

    def __init__(self, connection: sqlite3.Connection, name: str, *, writable: bool) -> None:
        self._connection = connection
        self._name = name
        self._unsaved: dict[str, bytes] | None = None if writable else {}

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the payloads of those keys that are present."""
        query = f"SELECT key, payload FROM {self._name} WHERE key IN"  # noqa: S608 (the name is one of _TABLES)
        wanted = list(keys)
        return dict(self._select(query, wanted)) | self._held(wanted)

    def have(self, keys: Iterable[str]) -> set[str]:
        """Return those of the keys that are present."""
        query = f"SELECT key, NULL FROM {self._name} WHERE key IN"  # noqa: S608
        wanted = list(keys)
        return {key for key, _ in self._select(query, wanted)} | self._held(wanted).keys()

    def get(self, key: str) -> bytes | None:
        """Return one payload, or None."""
        return self.get_many([key]).get(key)

    def put_many(self, rows: Mapping[str, bytes]) -> None:
        """Insert or replace rows in one transaction."""
        if self._unsaved is not None:
            self._unsaved |= rows
            return
        with self._connection:
            self._connection.executemany(
                f"INSERT OR REPLACE INTO {self._name} (key, payload) VALUES (?, ?)",  # noqa: S608
                rows.items(),
            )

    def put(self, key: str, payload: bytes) -> None:
        """Insert or replace one row."""
        self.put_many({key: payload})

    def keep_only(self, keys: set[str], *, slack: int) -> int:
        """Drop rows outside `keys` once more than `slack` of them have gathered; return how many went."""
        stale = [key for (key,) in self._connection.execute(f"SELECT key FROM {self._name}") if key not in keys]  # noqa: S608
        if len(stale) <= slack:
            return 0
        with self._connection:
            self._connection.executemany(f"DELETE FROM {self._name} WHERE key = ?", ((key,) for key in stale))  # noqa: S608
        return len(stale)

    def clear(self) -> None:
        """Forget every row."""
        with self._connection:
            self._connection.execute(f"DELETE FROM {self._name}")  # noqa: S608

    def _held(self, keys: Iterable[str]) -> dict[str, bytes]:
        unsaved = self._unsaved or {}
        return {key: unsaved[key] for key in keys if key in unsaved}

    def _select(self, query: str, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        pending = iter(dict.fromkeys(keys))
        while chunk := list(islice(pending, _CHUNK)):
            marks = ",".join("?" * len(chunk))
            yield from self._connection.execute(f"{query} ({marks})", chunk)


class State:
    """The opened store; `results`, `memory`, `vectors` and `facts` are its tables."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, writable: bool = True) -> None:
        self._connection = connection
        self._path = path
        self.results = Table(connection, "results", writable=writable)
        self.memory = Table(connection, "memory", writable=writable)
        self.vectors = Table(connection, "vectors", writable=writable)
        self.facts = Table(connection, "facts", writable=writable)

    @classmethod
    def open(cls, output: Path) -> Self:
        """Open or create the store of an output folder for writing.

        Raises PipelineError when the file is damaged or comes from another version of the store.
        """
        path = output / FOLDER / "state.sqlite"
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
        with _opening(connection, path):
            _prepare(connection, path)
        return cls(connection, path)

    @classmethod
    def in_memory(cls) -> Self:
        """Open an empty store that leaves nothing behind."""
        connection = sqlite3.connect(":memory:")
        for table in _TABLES:
            connection.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, payload BLOB NOT NULL)")
        return cls(connection, Path(":memory:"))

    @classmethod
    def read(cls, output: Path) -> Self:
        """Open the store of an output folder without ever changing it; an empty one when nothing was run there.

        Raises PipelineError as `open` does.
        """
        path = output / FOLDER / "state.sqlite"
        if not path.exists():
            return cls.in_memory()
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        with _opening(connection, path):
            if _layout(connection, path):
                return cls(connection, path, writable=False)
        connection.close()
        return cls.in_memory()

    def forget(self) -> None:
        """Drop every result, so that the next run computes everything anew."""
        for table in (self.results, self.memory, self.vectors):
            table.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if isinstance(error, sqlite3.Error):
            raise _trouble(self._path, error) from error


@contextmanager
def _opening(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Close the store when the first look into it fails."""
    try:
        yield
    except (sqlite3.Error, PipelineError) as error:
        connection.close()
        raise (_trouble(path, error) if isinstance(error, sqlite3.Error) else error) from error


def _trouble(path: Path, error: sqlite3.Error) -> PipelineError:
    """Say what to do about a store that cannot be read or written."""
    if isinstance(error, sqlite3.OperationalError):
        return PipelineError(f"cannot use {path}: {error}; see to space and permissions there, and run again")
    return PipelineError(f"{path} is damaged ({error}); delete {path.parent} and run again")


def _layout(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the store's layout, 0 for a file without one; refuse any that is not ours."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in {0, _SCHEMA_VERSION}:
        raise PipelineError(f"{path} was written by another version of pipeline; delete {path.parent} to start afresh")
    return version


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Set the journal and make the tables; refuse a file with another layout."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    _layout(connection, path)
    with connection:
        for table in _TABLES:
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, payload BLOB NOT NULL)")
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")


@contextmanager
def exclusive(output: Path) -> Iterator[None]:
    """Hold the output folder for one run.

    The lock belongs to the process and dies with it. Raises OutputLockedError when another run holds it.
    """
    path = output / FOLDER / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            holder = handle.read().strip() or "unknown"
            raise OutputLockedError(
                f"another run (process {holder}) holds {output}; wait for it, or choose another --output"
            ) from error
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield
