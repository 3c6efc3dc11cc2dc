"""Align every pair of a story's versions."""

from collections.abc import Sequence
from itertools import combinations

from pipeline.align.pair import align_pair
from pipeline.config import AlignConfig
from pipeline.encode import Encoder, VectorCache
from pipeline.records import Bead, Version


def align_story(
    versions: Sequence[Version],
    encoder: Encoder,
    config: AlignConfig = AlignConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
) -> tuple[Bead, ...]:
    """Return the beads of all pairs, `article_a < article_b`, whatever the order of `versions`."""
    ordered = sorted(versions, key=lambda version: version.article_id)
    return tuple(
        bead for a, b in combinations(ordered, 2) for bead in align_pair(a, b, encoder, config=config, cache=cache)
    )
