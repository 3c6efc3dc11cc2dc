"""Find texts that nearly repeat one of a given set, exactly and without comparing all with all.

Two texts are copies when the Jaccard overlap of their character trigrams reaches a threshold. Sets that overlap so much
must share one of their rarest members (the prefix filter of Bayardo, Ma and Srikant, Scaling up all pairs similarity
search, WWW 2007); so only texts that share a rare trigram are compared. Unlike MinHash, nothing is missed by chance.
"""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from pipeline.emit.text import fold

SHINGLE = 3
_BITS = 21  # of a code point; three fit into 64 bits, so a trigram is its own hash
_EPSILON = 1e-9

Shingles = npt.NDArray[np.uint64]


def shingles(text: str) -> Shingles:
    """Return the distinct character trigrams of the folded text, ascending; a shorter text is one trigram."""
    codes = np.frombuffer(fold(text).ljust(SHINGLE, "\0").encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    return np.unique((codes[:-2] << np.uint64(2 * _BITS)) | (codes[1:-1] << np.uint64(_BITS)) | codes[2:])


def overlap(a: Shingles, b: Shingles) -> float:
    """Return the Jaccard overlap of two sets of trigrams."""
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)


class Originals:
    """A set of texts that can be asked whether another text copies one of them."""

    def __init__(self, texts: Iterable[str], threshold: float) -> None:
        self._threshold = threshold
        self._sets = [shingles(text) for text in texts]
        empty = np.empty(0, dtype=np.uint64)
        self._known, self._counts = np.unique(np.concatenate([empty, *self._sets]), return_counts=True)
        self._holders: dict[int, list[int]] = {}
        for number, members in enumerate(self._sets):
            for shingle in self._rarest(members):
                self._holders.setdefault(shingle, []).append(number)

    def has_copy(self, text: str) -> bool:
        """Say whether the text overlaps with one of the originals by the threshold or more."""
        members = shingles(text)
        numbers = {number for shingle in self._rarest(members) for number in self._holders.get(shingle, ())}
        return any(overlap(members, self._sets[number]) >= self._threshold - _EPSILON for number in numbers)

    def _rarest(self, members: Shingles) -> list[int]:
        """Return the members of which a copy must hold at least one."""
        order = np.lexsort((members, self._count(members)))
        size = len(members) - math.ceil(self._threshold * len(members) - _EPSILON) + 1
        return [int(shingle) for shingle in members[order[:size]]]

    def _count(self, members: Shingles) -> npt.NDArray[np.int64]:
        """Return in how many originals each trigram occurs."""
        if not len(self._known):
            return np.zeros(len(members), dtype=np.int64)
        at = np.minimum(np.searchsorted(self._known, members), len(self._known) - 1)
        return np.where(self._known[at] == members, self._counts[at], 0)
