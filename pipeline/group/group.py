"""Cluster articles into stories: candidates from an index, evidence for each pair, average linkage."""

from collections.abc import Sequence

import numpy as np

from pipeline.config import GroupConfig
from pipeline.encode import Encoder, VectorCache
from pipeline.group.article import Article, build_article, centred_means
from pipeline.group.cluster import Pair, clusters
from pipeline.group.compare import Vocabulary, closeness, coverage
from pipeline.group.index import neighbours
from pipeline.records import Version

NEIGHBOURS = 25  # articles compared with each article
STORY = 5  # nearest neighbours that may belong to the story itself; those behind show what is usual
USUAL = 0.24  # closeness of unrelated news, for a corpus too small to show it: about what the grouping gold shows
CLOSENESS, NAMES = 3.0, 0.5  # weights beside coverage, so that the kinds of evidence vary over like ranges


def group(
    versions: Sequence[Version],
    encoder: Encoder,
    config: GroupConfig = GroupConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
) -> dict[str, str]:
    """Map each article to its story, named by the smallest article_id in it; the order of `versions` is immaterial."""
    ordered = sorted(versions, key=lambda version: version.article_id)
    built = [(version.article_id, build_article(version, encoder, cache)) for version in ordered]
    stories = {article_id: article_id for article_id, article in built if article is None}
    ids = [article_id for article_id, article in built if article is not None]
    articles = [article for _, article in built if article is not None]
    for cluster in clusters(len(articles), score_pairs(articles), config.threshold):
        stories |= {ids[member]: ids[cluster[0]] for member in cluster}
    return stories


def score_pairs(articles: list[Article]) -> dict[Pair, float]:
    """Return the evidence, by (lower, higher), that neighbouring articles tell one story."""
    if len(articles) <= 1:
        return {}
    near = neighbours(centred_means(articles), NEIGHBOURS)
    pairs = sorted({(min(i, int(j)), max(i, int(j))) for i, found in enumerate(near) for j in found})
    close = {(i, j): closeness(articles[i], articles[j]) for i, j in pairs}
    usual = [_usual([close[min(i, int(j)), max(i, int(j))] for j in found]) for i, found in enumerate(near)]
    words = Vocabulary(articles)
    return {
        (i, j): coverage(articles[i], articles[j])
        + CLOSENESS * (close[i, j] - (usual[i] + usual[j]) / 2)
        + NAMES * words.shared(articles[i], articles[j])
        for i, j in pairs
        if close[i, j] > (usual[i] + usual[j]) / 2
    }


def _usual(near: list[float]) -> float:
    """Return how close an article's neighbours outside its story are; what the corpus cannot show is taken as USUAL."""
    beyond = sorted(near, reverse=True)[STORY:]
    return float(np.mean(beyond + [USUAL] * (NEIGHBOURS - STORY - len(beyond))))
