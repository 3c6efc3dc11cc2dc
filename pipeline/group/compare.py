"""How alike two articles are, as three kinds of evidence."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.align.features import candidates
from pipeline.align.scorecard import load_scorecards, sigmoid
from pipeline.align.side import Side
from pipeline.group.article import Article

Indices = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int32]
Measures = npt.NDArray[np.float64]


def closeness(a: Article, b: Article) -> float:
    """Return how close each passage's nearest passage in the other article is, averaged over both."""
    cosine = a.side.unit_rows @ b.side.unit_rows.T
    forth = float((cosine.max(axis=1) * a.weights).sum() / a.weights.sum())
    back = float((cosine.max(axis=0) * b.weights).sum() / b.weights.sum())
    return (forth + back) / 2


def coverage(a: Article, b: Article) -> float:
    """Return the share of the less covered article that the aligner links to the other, weighing by probability."""
    found = candidates(a.side, b.side)
    probability = sigmoid(found.log_odds(load_scorecards(pivoted=a.side.pivoted).translations))
    shares = []
    for which, side in enumerate((a.side, b.side)):
        best = np.zeros(len(side.texts))
        np.maximum.at(best, [pair[which] for pair in found.pairs], probability)
        shares.append(_weighted(best, side))
    return min(shares)


def _weighted(values: Measures, side: Side) -> float:
    lengths = side.lengths(side.texts)
    return float((values * lengths).sum() / lengths.sum())


class Vocabulary:
    """Names and numbers of a corpus, weighed by how few articles use them; articles are known by the order added."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._said: list[tuple[Indices, Counts]] = []

    def add(self, tokens: Mapping[str, int]) -> None:
        """Take up one article."""
        told = sorted(tokens.items())  # a set's order, which changes from run to run, would show in the last bits
        numbered = sorted((self._numbers.setdefault(token, len(self._numbers)), n) for token, n in told)
        self._said.append(
            (np.array([number for number, _ in numbered], np.int32), np.array([n for _, n in numbered], np.int32))
        )

    def shared(self, a: int, b: int) -> float:
        """Return the tf-idf cosine of two articles' names and numbers."""
        norms = self._norms[a] * self._norms[b]
        if not norms:
            return 0.0
        (own, _), (other, _) = self._said[a], self._said[b]
        places = np.minimum(np.searchsorted(other, own), len(other) - 1)
        both = other[places] == own
        return float(self._weighed(a)[both] @ self._weighed(b)[places[both]] / norms)

    def _weighed(self, article: int) -> Measures:
        numbers, counts = self._said[article]
        return np.asarray((1 + np.log(counts)) * self._weights[numbers])

    @cached_property
    def _weights(self) -> Measures:
        spread = np.zeros(len(self._numbers))
        for numbers, _ in self._said:
            spread[numbers] += 1
        return np.asarray(np.log((len(self._said) + 1) / spread))

    @cached_property
    def _norms(self) -> Measures:
        return np.array([np.sqrt(np.square(self._weighed(article)).sum()) for article in range(len(self._said))])
