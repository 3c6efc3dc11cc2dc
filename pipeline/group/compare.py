"""How alike two articles are, as three kinds of evidence."""

import numpy as np
import numpy.typing as npt

from pipeline.align.features import candidates
from pipeline.align.links import TRANSLATIONS
from pipeline.align.scorecard import load_scorecard, sigmoid
from pipeline.align.side import Side
from pipeline.group.article import Article


def closeness(a: Article, b: Article) -> float:
    """Return how close each passage's nearest passage in the other article is, averaged over both."""
    cosine = a.side.unit_rows @ b.side.unit_rows.T
    forth = float((cosine.max(axis=1) * a.weights).sum() / a.weights.sum())
    back = float((cosine.max(axis=0) * b.weights).sum() / b.weights.sum())
    return (forth + back) / 2


def coverage(a: Article, b: Article) -> float:
    """Return the share of the less covered article that the aligner links to the other, weighing by probability."""
    found = candidates(a.side, b.side)
    probability = sigmoid(found.log_odds(load_scorecard(TRANSLATIONS)))
    shares = []
    for which, side in enumerate((a.side, b.side)):
        best = np.zeros(len(side.texts))
        np.maximum.at(best, [pair[which] for pair in found.pairs], probability)
        shares.append(_weighted(best, side))
    return min(shares)


def _weighted(values: npt.NDArray[np.float64], side: Side) -> float:
    lengths = side.lengths(side.texts)
    return float((values * lengths).sum() / lengths.sum())


class Vocabulary:
    """Names and numbers of a corpus, weighed by how few articles use them."""

    def __init__(self, articles: list[Article]) -> None:
        spread: dict[str, int] = {}
        for article in articles:
            for token in article.tokens:
                spread[token] = spread.get(token, 0) + 1
        self._weights = {token: float(np.log((len(articles) + 1) / n)) for token, n in spread.items()}

    def shared(self, a: Article, b: Article) -> float:
        """Return the tf-idf cosine of two articles' names and numbers."""
        dot = sum(self._weigh(a, token) * self._weigh(b, token) for token in sorted(a.tokens.keys() & b.tokens.keys()))
        norms = self._norm(a) * self._norm(b)
        return dot / norms if norms else 0.0

    def _weigh(self, article: Article, token: str) -> float:
        return float(1 + np.log(article.tokens[token])) * self._weights[token]

    def _norm(self, article: Article) -> float:
        return float(np.sqrt(sum(self._weigh(article, token) ** 2 for token in sorted(article.tokens))))
