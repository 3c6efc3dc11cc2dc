"""Cluster articles by what their passages say."""

from collections.abc import Sequence

import numpy as np

from pipeline.config import GroupConfig
from pipeline.encode import Encoder, Matrix, VectorCache, encode_texts
from pipeline.records import Version


def group(
    versions: Sequence[Version],
    encoder: Encoder,
    config: GroupConfig = GroupConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
) -> dict[str, str]:
    """Map each article to its story, named by the smallest article_id in it; the order of `versions` is immaterial."""
    ordered = sorted(versions, key=lambda version: version.article_id)
    vectors = np.stack([_article_vector(v, encoder, cache) for v in ordered]) if ordered else np.zeros((0, 1))
    parents = list(range(len(ordered)))
    for i in range(len(ordered)):
        for j in range(i):
            if vectors[i] @ vectors[j] >= config.threshold:
                _join(parents, i, j)
    return {v.article_id: ordered[_root(parents, i)].article_id for i, v in enumerate(ordered)}


def _article_vector(version: Version, encoder: Encoder, cache: VectorCache | None) -> Matrix:
    texts = [passage.english if encoder.reads_english else passage.text for passage in version.passages] or [""]
    mean = encode_texts(texts, encoder, cache).mean(axis=0)
    return np.asarray(mean / (np.linalg.norm(mean) or 1.0), dtype=np.float32)


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        i = parents[i]
    return i


def _join(parents: list[int], i: int, j: int) -> None:
    first, second = sorted((_root(parents, i), _root(parents, j)))
    parents[second] = first
