"""The vectors that evaluations share: the gold sets use the same texts, and encoding is what takes the time."""

from functools import cache

from pipeline.encode import MemoryCache


@cache
def shared_vectors() -> MemoryCache:
    """Return the one cache of this process."""
    return MemoryCache()
