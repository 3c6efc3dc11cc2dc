"""Make beads of links, each with the evidence for it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.align.dates import agreement
from pipeline.align.features import Measures
from pipeline.align.links import TRANSLATIONS, Links, accepted, components, measure
from pipeline.records import Bead, Evidence

Pair = tuple[int, int]
Group = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the beads of two versions are made of: the row of each candidate, the pairs chosen, the units' lengths."""

    links: Links
    probabilities: Mapping[Pair, float]
    rows: Mapping[Pair, int]
    pairs: frozenset[Pair]
    lengths: tuple[Measures, Measures]


def beads(links: Links, probabilities: Mapping[Pair, float], threshold: float) -> tuple[Bead, ...]:
    """Return the beads whose links reach the threshold.

    Translations join links that share a unit into one many-to-many bead; the score is the mean over its links.
    Reports keep each link a bead of its own: one paragraph may echo in several places of the other report, which does
    not make these one paragraph.
    """
    chosen = accepted(probabilities, threshold)
    groups = components(chosen) if links.regime == TRANSLATIONS else [((i,), (j,)) for i, j in chosen]
    rows = {pair: row for row, pair in enumerate(links.pairs)}
    lengths = links.a.lengths(links.a.texts), links.b.lengths(links.b.texts)
    made_of = _Chosen(links, probabilities, rows, frozenset(chosen), lengths)
    return tuple(_bead(made_of, group) for group in groups)


def _bead(chosen: _Chosen, group: Group) -> Bead:
    links, probabilities = chosen.links, chosen.probabilities
    inside = [(i, j) for i in group[0] for j in group[1] if (i, j) in chosen.pairs]
    best = max(inside, key=lambda pair: (probabilities[pair], pair))
    a, b = links.a.version, links.b.version
    return Bead(
        article_a=a.article_id,
        article_b=b.article_id,
        blocks_a=tuple(a.passages[i].block_id for i in group[0]),
        blocks_b=tuple(b.passages[j].block_id for j in group[1]),
        score=round(float(np.mean([probabilities[pair] for pair in inside])), 4),
        evidence=_evidence(chosen, best, group),
        regime=links.regime,
        links=tuple((a.passages[i].block_id, b.passages[j].block_id) for i, j in inside),
    )


def _evidence(chosen: _Chosen, best: Pair, group: Group) -> Evidence:
    """Describe the strongest link of a bead, and the lengths and dates of the whole."""
    links = chosen.links
    measures = links.measures[chosen.rows[best]]
    gap = measure(measures, "gap")
    lengths = [known[list(units)].sum() for known, units in zip(chosen.lengths, group, strict=True)]
    return Evidence(
        encoder=_unit(measure(measures, "cosine")),
        nearest=None if gap is None else float(gap > 0),
        pivot=_unit(measure(measures, "pivot")),
        names=_unit(measure(measures, "names")),
        numbers=_unit(measure(measures, "numbers")),
        dates=_unit(agreement(links.a.dates(group[0]), links.b.dates(group[1]))),
        length=_unit(float(min(lengths) / max(lengths))),
        position=_unit(1.0 - (measure(measures, "position") or 0.0)),
    )


def _unit(value: float | None) -> float | None:
    return None if value is None else round(min(1.0, max(0.0, value)), 4)
