"""Find texts that nearly repeat one of a given set, exactly and without comparing all with all.

Two texts are copies when the Jaccard overlap of their character n-grams reaches a threshold. If |x ∩ y| ≥ a, then the
|x| - a + k rarest members of x and the |y| - a + k rarest of y share at least k (the prefix filter of Bayardo, Ma and
Srikant, Scaling up all pairs similarity search, WWW 2007, extended to k as by Wang, Li and Feng, Can we beat the prefix
filtering?, SIGMOD 2012). So only rare n-grams are looked up, and only texts that share many of them are compared.
Unlike with MinHash, nothing is missed by chance.
"""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from pipeline.emit.text import fold, is_wide

# Long enough that unrelated texts share few n-grams, short enough that one changed word spoils few. With one word
# changed, .990 (Simplified Chinese) to 1.000 (Indonesian, English) of the sentences of FLORES-200 devtest overlap by
# half, the default threshold; with two, .887 (Traditional Chinese) to .977 (Vietnamese) (benchmarks/near_copies.py).
NARROW_SHINGLE = 5
WIDE_SHINGLE = 3
# The k of the filter, as a share of the least overlap. Among 60,000 news sentences, Indonesian and English, a look-up
# took 7.4 ms with k = 1, 0.6 ms with a quarter, 0.7 ms with a half, 3.0 ms with all (benchmarks/near_copies.py).
SHARED = 0.25
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd and without pattern: 2**64 divided by the golden ratio
_EPSILON = 1e-9

Shingles = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


def shingles(text: str) -> Shingles:
    """Return hashes of the distinct n-grams of the folded text, ascending; a shorter text is one n-gram."""
    folded = fold(text)
    size = WIDE_SHINGLE if is_wide(folded) else NARROW_SHINGLE
    codes = np.frombuffer(folded.ljust(size, "\0").encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    hashes = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        hashes = hashes * _BASE + codes[offset : offset + len(hashes)]
    return np.unique(hashes)


def overlap(a: Shingles, b: Shingles) -> float:
    """Return the Jaccard overlap of two sets of n-grams."""
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)


class Originals:
    """A set of texts that can be asked whether another text copies one of them."""

    def __init__(self, texts: Iterable[str], threshold: float) -> None:
        self._threshold = threshold
        self._sets = [shingles(text) for text in texts]
        self._needed = np.array([self._shared_by_copies(len(members)) for members in self._sets], dtype=np.int64)
        self._known, self._counts = np.unique(_joined(self._sets), return_counts=True)
        rarest = [self._rarest(members) for members in self._sets]
        order = np.argsort(_joined(rarest), kind="stable")
        self._rare, starts = np.unique(_joined(rarest)[order], return_index=True)
        self._starts = np.append(starts, len(order))
        self._holders = np.repeat(np.arange(len(rarest)), [len(members) for members in rarest])[order]

    def has_copy(self, text: str) -> bool:
        """Say whether the text overlaps with one of the originals by the threshold or more."""
        members = shingles(text)
        numbers, shared = np.unique(self._holding(self._rarest(members)), return_counts=True)
        likely = numbers[shared >= np.minimum(self._needed[numbers], self._shared_by_copies(len(members)))]
        return any(overlap(members, self._sets[number]) >= self._threshold - _EPSILON for number in likely)

    def _least_overlap(self, size: int) -> int:
        """Return how many members any copy of a set of this size shares with it."""
        return max(1, math.ceil(self._threshold * size - _EPSILON))

    def _shared_by_copies(self, size: int) -> int:
        """Return how many of the rarest members any copy of a set of this size shares with it."""
        return max(1, round(SHARED * self._least_overlap(size)))

    def _rarest(self, members: Shingles) -> Shingles:
        """Return the members among which a copy must share as many as `_shared_by_copies` says."""
        size = len(members) - self._least_overlap(len(members)) + self._shared_by_copies(len(members))
        return members[np.lexsort((members, self._frequency(members)))[:size]]

    def _frequency(self, members: Shingles) -> Numbers:
        """Return in how many originals each member occurs."""
        if not len(self._known):
            return np.zeros(len(members), dtype=np.int64)
        at = np.minimum(np.searchsorted(self._known, members), len(self._known) - 1)
        return np.where(self._known[at] == members, self._counts[at], 0)

    def _holding(self, members: Shingles) -> Numbers:
        """Return the originals among whose rarest members each of these is, as often as one is."""
        first = np.searchsorted(self._rare, members, side="left")
        found = first[np.searchsorted(self._rare, members, side="right") > first]
        runs = [self._holders[self._starts[at] : self._starts[at + 1]] for at in found]
        return np.concatenate([np.empty(0, dtype=np.int64), *runs])


def _joined(sets: list[Shingles]) -> Shingles:
    return np.concatenate([np.empty(0, dtype=np.uint64), *sets])
