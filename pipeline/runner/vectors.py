"""The encoder's vectors, kept in the state store."""

from collections.abc import Mapping, Sequence

import zstandard

from pipeline.runner.keys import version
from pipeline.runner.tables import Table

_LEVEL = 1  # shrinks the zeros of the lexical encoder to a hundredth and costs microseconds where it gains nothing


class StoredVectors:
    """Vectors by content, as long as `encode` keeps its version."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._prefix = f"{version('encode')}:"

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the vectors already known."""
        known = self._table.get_many(self._prefix + key for key in keys)
        return {key.removeprefix(self._prefix): zstandard.decompress(vector) for key, vector in known.items()}

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Remember vectors."""
        self._table.put_many({self._prefix + key: zstandard.compress(vector, _LEVEL) for key, vector in items.items()})
