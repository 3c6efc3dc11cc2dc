"""Cluster articles into stories: candidates from an index, evidence for each pair, average linkage.

What depends on the whole set of articles (who is near whom, what is usual among neighbours, how rare a name is) is
settled here from sketches. What two articles say by themselves is asked of a `Compare`, which may remember it: it stays
true whatever other articles come and go.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.config import GroupConfig
from pipeline.encode import Encoder, Matrix, VectorCache
from pipeline.group.article import Article, Sketch, build_article, count_tokens
from pipeline.group.cluster import Pair, clusters
from pipeline.group.compare import Vocabulary, closeness, coverage
from pipeline.group.index import Neighbours, neighbours
from pipeline.records import Version

NEIGHBOURS = 25  # articles compared with each article
STORY = 5  # nearest neighbours that may belong to the story itself; those behind show what is usual
USUAL = 0.24  # closeness of unrelated news, for a corpus that cannot show it: about what the grouping gold shows
OFTEN = 0.12  # closeness beyond unrelated news; where half of those behind have it, a story is told often (docs)
QUARTER = 0.25  # share of articles that is taken to be in no story told often
SMALLEST = 1e-9  # length of a vector that divides it: an article like the mean of all is near to none

Measure = Callable[[Article, Article], float]
Compare = Callable[[Measure, Iterable[tuple[str, str]]], Iterator[float]]
"""Takes a measure of two articles, and the ids of pairs, ordered, each with the lower id first."""

Measures = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


class Weights(NamedTuple):
    """What evidence counts beside coverage, so that its kinds vary over like ranges."""

    closeness: float = 3.0
    names: float = 0.5


WEIGHTS = Weights()


def group(
    versions: Sequence[Version],
    encoder: Encoder,
    config: GroupConfig = GroupConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
) -> dict[str, str]:
    """Map each article to its story, named by the smallest article_id in it; the order of `versions` is immaterial."""
    articles = {version.article_id: build_article(version, encoder, cache) for version in versions}
    ordered = sorted(versions, key=lambda version: version.article_id)
    sketches = ((version.article_id, sketch(version, articles[version.article_id])) for version in ordered)

    def compare(measure: Measure, pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
        both = ((articles[a], articles[b]) for a, b in pairs)
        return (measure(a, b) for a, b in both if a and b)

    return group_sketches(sketches, compare, config)


def sketch(version: Version, article: Article | None) -> Sketch | None:
    """Return what grouping must know of an article beside all others; None for one without a word."""
    return Sketch(article.mean(), count_tokens(version)) if article else None


def group_sketches(
    sketches: Iterable[tuple[str, Sketch | None]], compare: Compare, config: GroupConfig, weights: Weights = WEIGHTS
) -> dict[str, str]:
    """Map each article to its story, as `group` does; `sketches` come by id, ascending."""
    words, means = Vocabulary(), bytearray()
    stories: dict[str, str] = {}
    ids: list[str] = []
    for article_id, found in sketches:
        stories[article_id] = article_id
        if found is not None:
            ids.append(article_id)
            means += found.mean.tobytes()
            words.add(found.tokens)
    near = neighbours(centred(means, len(ids)), NEIGHBOURS) if len(ids) > 1 else []
    for cluster in clusters(len(ids), score_pairs(ids, near, words, compare, weights), config.threshold):
        stories |= {ids[member]: ids[cluster[0]] for member in cluster}
    return stories


def centred(means: bytearray, n: int) -> Matrix:
    """Return the mean vectors of n articles without what all of them share, as unit rows, in the memory given."""
    rows = np.frombuffer(means, dtype=np.float32).reshape(n, -1)
    rows -= rows.mean(axis=0, keepdims=True)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), SMALLEST)
    return rows


def score_pairs(
    ids: Sequence[str], near: Neighbours, words: Vocabulary, compare: Compare, weights: Weights
) -> dict[Pair, float]:
    """Return the evidence, by (lower, higher) index, that neighbouring articles tell one story."""
    if not near:
        return {}
    own = np.repeat(np.arange(len(ids)), [len(found) for found in near])
    codes = _codes(own, np.concatenate(near), len(ids))
    pairs, places = np.unique(codes, return_inverse=True)
    lower, higher = np.divmod(pairs, len(ids))
    close = _measured(compare, closeness, ids, lower, higher)
    usual = _usual(np.split(close[places], np.cumsum([len(found) for found in near])[:-1]))
    above = close - (usual[lower] + usual[higher]) / 2
    likely = above > 0
    lower, higher, above = lower[likely], higher[likely], above[likely]
    covered = _measured(compare, coverage, ids, lower, higher)
    return {
        (int(i), int(j)): float(cover + weights.closeness * more + weights.names * words.shared(int(i), int(j)))
        for i, j, cover, more in zip(lower, higher, covered, above, strict=True)
    }


def _codes(own: Indices, other: Indices, n: int) -> Indices:
    """Return a number for each pair, whichever way round, in the order of (lower, higher)."""
    return np.minimum(own, other) * n + np.maximum(own, other)


def _measured(compare: Compare, measure: Measure, ids: Sequence[str], lower: Indices, higher: Indices) -> Measures:
    pairs = ((ids[i], ids[j]) for i, j in zip(lower, higher, strict=True))
    return np.fromiter(compare(measure, pairs), dtype=np.float64, count=len(lower))


def _usual(near: Sequence[Measures]) -> Measures:
    """Return how close each article's neighbours outside its story are: those behind the first `STORY`.

    Of a story told often they are too: where half of them or more are closer by `OFTEN` than unrelated articles, these
    do not count. In their place, and of those a small corpus lacks, stands what is usual between unrelated articles:
    the mean that a quarter of all articles stay below, at most `USUAL`.
    """
    behind = [np.sort(part)[::-1][STORY:] for part in near]
    shown = [part.mean() for part in behind if len(part) == NEIGHBOURS - STORY]
    unrelated = min(USUAL, float(np.quantile(shown, QUARTER))) if shown else USUAL
    return np.array([_mean_outside(part, unrelated) for part in behind])


def _mean_outside(behind: Measures, unrelated: float) -> float:
    close = behind >= unrelated + OFTEN
    outside = behind[~close] if 2 * close.sum() >= NEIGHBOURS - STORY else behind
    return float(np.append(outside, [unrelated] * (NEIGHBOURS - STORY - len(outside))).mean())
