"""Turn records into bytes for the cache and back, exactly."""

from functools import cache
from typing import Any

import zstandard
from pydantic import TypeAdapter


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 (a type form such as tuple[Block, ...] is no class)
    return TypeAdapter(kind)


def pack(kind: Any, record: Any) -> bytes:  # noqa: ANN401
    """Serialise a record of the given type as compressed JSON."""
    return zstandard.compress(_adapter(kind).dump_json(record), level=3)


def unpack(kind: Any, payload: bytes) -> Any:  # noqa: ANN401
    """Read back what `pack` wrote; the result equals the record that went in."""
    return _adapter(kind).validate_json(zstandard.decompress(payload))
