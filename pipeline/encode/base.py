"""The encoder interface, and the cache of vectors by content."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

CHUNK = 256  # texts encoded between two writes to the cache, so that a killed run keeps most of its work


class Encoder(Protocol):
    """A function from texts to unit vectors; equal texts get equal bytes, whatever else is in the batch.

    `name` identifies encoder and version: it enters cache keys and the run's signature. `reads_english` is True for
    an encoder that understands only English and must be given the pivot instead of the source.
    """

    @property
    def name(self) -> str:
        """Encoder and version."""

    @property
    def reads_english(self) -> bool:
        """Whether it must be given the pivot English."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row per text, float32, shape (len(texts), d); a text without content is a zero row."""


class VectorCache(Protocol):
    """Where vectors are kept between runs; keys name encoder and content, values are float32 bytes."""

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return what is stored of `keys`."""

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Store vectors."""


class MemoryCache:
    """A cache that lives as long as the process."""

    def __init__(self) -> None:
        self._items: dict[str, bytes] = {}

    def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return what is stored of `keys`."""
        return {key: self._items[key] for key in keys if key in self._items}

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Store vectors."""
        self._items.update(items)


def vector_key(encoder: Encoder, text: str) -> str:
    """Name a vector by encoder and content."""
    return f"{encoder.name}:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def encode_texts(texts: Sequence[str], encoder: Encoder, cache: VectorCache | None = None) -> Matrix:
    """Encode each distinct text once, reading and feeding the cache; rows are in the order of `texts`."""
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    store = MemoryCache() if cache is None else cache
    keys = {text: vector_key(encoder, text) for text in texts}
    known = dict(store.get_many(list(keys.values())))
    missing = [text for text, key in keys.items() if key not in known]
    for start in range(0, len(missing), CHUNK):
        chunk = missing[start : start + CHUNK]
        rows = encoder.encode(chunk)
        fresh = {keys[text]: row.tobytes() for text, row in zip(chunk, rows, strict=True)}
        store.put_many(fresh)
        known.update(fresh)
    return np.stack([np.frombuffer(known[keys[text]], dtype=np.float32) for text in texts])
