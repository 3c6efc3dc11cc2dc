"""The embedded store under `output/.state/`: stage results, translation memory, vectors and facts of the last run."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import OutputLockedError, PipelineError
from pipeline.runner.tables import DatedTable, Table, today

FOLDER = ".state"
PUBLISHED = "published"  # the fact that says what lies in the output folder
_SCHEMA_VERSION = 2
_UNDATED = 1  # the version in which nothing knew when it was last used
_TABLES: dict[str, type[Table]] = {"results": Table, "memory": DatedTable, "vectors": DatedTable, "facts": Table}


class State:
    """The opened store; `results`, `memory`, `vectors` and `facts` are its tables."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, writable: bool = True) -> None:
        self._connection = connection
        self._path = path
        self.results = Table(connection, "results", writable=writable)
        self.memory = DatedTable(connection, "memory", writable=writable)
        self.vectors = DatedTable(connection, "vectors", writable=writable)
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
        _create(connection)
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
        """Drop every result and the word for what was published, so that the next run makes everything anew."""
        for table in (self.results, self.memory, self.vectors):
            table.clear()
        self.facts.put(PUBLISHED, b"")

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
    if version not in {0, _UNDATED, _SCHEMA_VERSION}:
        raise PipelineError(f"{path} was written by another version of pipeline; delete {path.parent} to start afresh")
    return version


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Set the journal and make the tables, of an earlier layout too; refuse a file with any other."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    version = _layout(connection, path)
    with connection:
        if version == _UNDATED:
            connection.execute(f"ALTER TABLE memory ADD COLUMN used INTEGER NOT NULL DEFAULT {today()}")
            connection.execute("DROP TABLE vectors")  # they were kept uncompressed, and are soon made again
        _create(connection)
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")


def _create(connection: sqlite3.Connection) -> None:
    for name, kind in _TABLES.items():
        for statement in kind.definition(name):
            connection.execute(statement)


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
