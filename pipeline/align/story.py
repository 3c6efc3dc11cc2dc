"""Align every pair of a story's versions, and let the versions check each other."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations

from pipeline.align.beads import beads
from pipeline.align.consistency import reconcile
from pipeline.align.links import Links
from pipeline.align.pair import link
from pipeline.align.scorecard import Scorecards
from pipeline.align.sequence import is_sequence, sequence_beads
from pipeline.align.side import Side, build_side
from pipeline.config import AlignConfig
from pipeline.encode import Encoder, VectorCache
from pipeline.records import Bead, Version

Found = Links | tuple[Bead, ...]
"""What two versions say to each other: links that others may confirm, or the beads of two sequences."""

Remember = Callable[[Side, Side, Callable[[], Found]], Found]
"""Returns what was found between two sides before, or finds it; it rests on nothing but the two versions."""


def align_story(
    versions: Sequence[Version],
    encoder: Encoder,
    config: AlignConfig = AlignConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
    scorecards: Scorecards | None = None,
    *,
    remember: Remember = lambda _a, _b, find: find(),
) -> tuple[Bead, ...]:
    """Return the beads of all pairs, `article_a < article_b`, whatever the order of `versions`."""

    def find(a: Side, b: Side) -> Found:
        if is_sequence(a, b):
            return sequence_beads(a, b, encoder, config.sentence_threshold, cache)
        return link(a, b, scorecards)

    ordered = sorted((v for v in versions if v.passages), key=lambda version: version.article_id)
    sides = [build_side(version, encoder, cache) for version in ordered]
    made: dict[tuple[int, int], tuple[Bead, ...]] = {}
    links: dict[tuple[int, int], Links] = {}
    for x, y in combinations(range(len(sides)), 2):
        found = remember(sides[x], sides[y], partial(find, sides[x], sides[y]))
        if isinstance(found, Links):
            links[x, y] = found
        else:
            made[x, y] = found
    for key, probabilities in reconcile(links).items():
        made[key] = beads(links[key], probabilities, config.threshold)
    return tuple(bead for _, own in sorted(made.items()) for bead in own)
