"""The tables of the state store: maps from text keys to bytes, some of which remember when they were last needed."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

_CHUNK = 500  # SQLite accepts 999 variables in its oldest builds
_DAY = 86_400  # seconds


def today() -> int:
    """Return the number of days since 1970."""
    return int(time.time() // _DAY)


class Table:
    """A map from text keys to bytes inside the store; of a store opened for reading, new rows stay in memory."""

    @staticmethod
    def definition(name: str) -> tuple[str, ...]:
        """Return the statements that make such a table where there is none."""
        return (f"CREATE TABLE IF NOT EXISTS {name} (key TEXT PRIMARY KEY, payload BLOB NOT NULL)",)

    def __init__(self, connection: sqlite3.Connection, name: str, *, writable: bool) -> None:
        self._connection = connection
        self._name = name
        self._unsaved: dict[str, bytes] | None = None if writable else {}

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the payloads of those keys that are present."""
        query = f"SELECT key, payload FROM {self._name} WHERE key IN"  # noqa: S608 (names of tables are ours)
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

    def _select(self, query: str, keys: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        pending = iter(dict.fromkeys(keys))
        while chunk := list(islice(pending, _CHUNK)):
            marks = ",".join("?" * len(chunk))
            yield from self._connection.execute(f"{query} ({marks})", chunk)


class DatedTable(Table):
    """A table whose rows know the day on which they were last put or read; of a store opened for reading, none does."""

    @staticmethod
    def definition(name: str) -> tuple[str, ...]:
        """Return the statements that make such a table, and an index by day, where there is none."""
        return (
            f"CREATE TABLE IF NOT EXISTS {name} (key TEXT PRIMARY KEY, payload BLOB NOT NULL, used INTEGER NOT NULL)",
            f"CREATE INDEX IF NOT EXISTS {name}_used ON {name} (used)",
        )

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the payloads of those keys that are present; they count as used today."""
        query = f"SELECT key, payload, used FROM {self._name} WHERE key IN"  # noqa: S608
        wanted, day = list(keys), today()
        rows = list(self._select(query, wanted))
        self.touch(key for key, _, used in rows if used < day)
        return {key: payload for key, payload, _ in rows} | self._held(wanted)

    def put_many(self, rows: Mapping[str, bytes]) -> None:
        """Insert or replace rows in one transaction; they count as used today."""
        if self._unsaved is not None:
            self._unsaved |= rows
            return
        day = today()
        with self._connection:
            self._connection.executemany(
                f"INSERT OR REPLACE INTO {self._name} (key, payload, used) VALUES (?, ?, ?)",  # noqa: S608
                ((key, payload, day) for key, payload in rows.items()),
            )

    def touch(self, keys: Iterable[str]) -> None:
        """Count rows as used today."""
        if self._unsaved is not None:
            return
        day = today()
        with self._connection:
            self._connection.executemany(
                f"UPDATE {self._name} SET used = ? WHERE key = ? AND used < ?",  # noqa: S608
                ((day, key, day) for key in keys),
            )

    def count_unused(self, since: int) -> int:
        """Return how many rows were last used before a day."""
        query = f"SELECT count(*) FROM {self._name} WHERE used < ?"  # noqa: S608
        count: int = self._connection.execute(query, (since,)).fetchone()[0]
        return count

    def drop_unused(self, since: int) -> None:
        """Drop the rows that were last used before a day."""
        with self._connection:
            self._connection.execute(f"DELETE FROM {self._name} WHERE used < ?", (since,))  # noqa: S608
