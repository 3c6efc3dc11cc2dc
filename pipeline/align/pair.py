"""Align two versions of a story."""

from pipeline.align.beads import beads
from pipeline.align.features import candidates
from pipeline.align.links import Links, judge
from pipeline.align.scorecard import Scorecards
from pipeline.align.sequence import is_sequence, sequence_beads
from pipeline.align.side import Side, build_side
from pipeline.config import AlignConfig
from pipeline.encode import Encoder, VectorCache
from pipeline.records import Bead, Version


def align_pair(  # noqa: PLR0917 - the last one is for evaluation alone
    a: Version,
    b: Version,
    encoder: Encoder,
    config: AlignConfig = AlignConfig(),  # noqa: B008 - frozen
    cache: VectorCache | None = None,
    scorecards: Scorecards | None = None,
) -> tuple[Bead, ...]:
    """Return the beads between two versions, ordered by the first block of `a`; deterministic.

    A block without a partner is in no bead: the aligner abstains rather than force it.
    """
    if not a.passages or not b.passages:
        return ()
    side_a, side_b = build_side(a, encoder, cache), build_side(b, encoder, cache)
    if is_sequence(side_a, side_b):
        return sequence_beads(side_a, side_b, encoder, config.sentence_threshold, cache)
    links = link(side_a, side_b, scorecards)
    return beads(links, links.probabilities(), config.threshold)


def hears_pivot(a: Version, b: Version, encoder: Encoder, cache: VectorCache) -> bool:
    """Tell whether the English of two versions has a say: not where sentences are aligned as a sequence.

    The vectors that this takes are left in the cache for the alignment.
    """
    if encoder.reads_english or not a.passages or not b.passages:
        return encoder.reads_english
    return not is_sequence(build_side(a, encoder, cache), build_side(b, encoder, cache))


def link(a: Side, b: Side, scorecards: Scorecards | None = None) -> Links:
    """Find and judge the candidate links of two sides; `scorecards` replace those that ship.

    The pivot is measured for translations only where the encoder has seen nothing else.
    """
    found = candidates(a, b)
    return judge(a, b, found.with_pivot(a, b) if a.pivoted else found, scorecards)
