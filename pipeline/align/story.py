"""Align every pair of a story's versions, and let the versions check each other."""

from collections.abc import Sequence
from itertools import combinations

from pipeline.align.beads import beads
from pipeline.align.consistency import reconcile
from pipeline.align.links import Links
from pipeline.align.pair import link
from pipeline.align.scorecard import Scorecards
from pipeline.align.sequence import is_sequence, sequence_beads
from pipeline.align.side import build_side
from pipeline.config import AlignConfig
from pipeline.encode import Encoder, VectorCache
from pipeline.records import Bead, Version


def align_story(
    versions: Sequence[Version],
    encoder: Encoder,
    config: AlignConfig = AlignConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
    scorecards: Scorecards | None = None,
) -> tuple[Bead, ...]:
    """Return the beads of all pairs, `article_a < article_b`, whatever the order of `versions`."""
    ordered = sorted((v for v in versions if v.passages), key=lambda version: version.article_id)
    sides = [build_side(version, encoder, cache) for version in ordered]
    made: dict[tuple[int, int], tuple[Bead, ...]] = {}
    links: dict[tuple[int, int], Links] = {}
    for x, y in combinations(range(len(sides)), 2):
        if is_sequence(sides[x], sides[y]):
            made[x, y] = sequence_beads(sides[x], sides[y], encoder, config.threshold, cache)
        else:
            links[x, y] = link(sides[x], sides[y], scorecards)
    for key, probabilities in reconcile(links).items():
        made[key] = beads(links[key], probabilities, config.threshold)
    return tuple(bead for _, found in sorted(made.items()) for bead in found)
