"""Align two versions of a story."""

import numpy as np

from pipeline.config import AlignConfig
from pipeline.encode import Encoder, Matrix, VectorCache, encode_texts
from pipeline.records import Bead, Evidence, Version


def align_pair(
    a: Version,
    b: Version,
    encoder: Encoder,
    config: AlignConfig = AlignConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
) -> tuple[Bead, ...]:
    """Return the beads between two versions, ordered by the first block of `a`; deterministic."""
    if not a.passages or not b.passages:
        return ()
    similarity = _vectors(a, encoder, cache) @ _vectors(b, encoder, cache).T
    margin = similarity - 0.5 * (similarity.mean(axis=1, keepdims=True) + similarity.mean(axis=0, keepdims=True))
    beads = []
    for i, j in zip(*np.nonzero(margin >= config.threshold), strict=True):
        if margin[i].argmax() == j and margin[:, j].argmax() == i:
            evidence = Evidence(float(np.clip(similarity[i, j], 0, 1)), None, None, None, None, None)
            ids = (a.passages[i].block_id,), (b.passages[j].block_id,)
            beads.append(Bead(a.article_id, b.article_id, *ids, 0.8, evidence, "reports"))
    return tuple(beads)


def _vectors(version: Version, encoder: Encoder, cache: VectorCache | None) -> Matrix:
    texts = [passage.english if encoder.reads_english else passage.text for passage in version.passages]
    rows = encode_texts(texts, encoder, cache)
    rows = rows - rows.mean(axis=0, keepdims=True)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
