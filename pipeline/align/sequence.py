"""Texts whose units are sentences in one order: recognised, aligned monotonely, and made into beads."""

import numpy as np

from pipeline.align import dates
from pipeline.align.links import TRANSLATIONS, order
from pipeline.align.monotone import Scored, align_monotone
from pipeline.align.side import Side
from pipeline.align.tokens import agreement, names, numbers
from pipeline.encode import Encoder, VectorCache
from pipeline.records import Bead, Evidence

SHORTEST = 20  # units; fewer do not show an order
SINGLE = 0.9  # share of units that are one sentence
# The share of sampled units whose best match keeps the order: in a shuffled text about 2 / sqrt(n) (Vershik & Kerov
# 1977), below what is asked. The better direction of each literary chapter of the gold reaches .45 to .88.
ORDERED, CHANCE = 0.25, 1.5
PROBES = 300
# Standard errors, and the share of a text that counts as the same place. Shuffled chapters of the gold stay below 2.8
# through the pivot, pairs of reports too; its chapters reach 4.5 to 10.
DIAGONAL, BESIDE = 3.5, 0.05
LARGE = 25_000_000  # cells above which all against all takes too much memory, whatever the order


def is_sequence(a: Side, b: Side) -> bool:
    """Tell whether both sides are mostly single sentences that keep one order, or too long for anything else."""
    if len(a.sentences) * len(b.sentences) > LARGE:
        return True
    if min(len(a.texts), len(b.texts)) < SHORTEST or min(_single(a), _single(b)) < SINGLE:
        return False
    if max(_orderly(a, b), _orderly(b, a)) >= 0:
        return True
    return a.pivoted and _diagonal(a, b) >= DIAGONAL


def _orderly(a: Side, b: Side) -> float:
    """Return by how much the best matches of sampled units of `a` keep the order better than asked."""
    picked = np.unique(np.linspace(0, len(a.texts) - 1, PROBES).astype(np.intp))
    best = (a.unit_rows[picked] @ b.unit_rows.T).argmax(axis=1)
    return order(zip(picked.tolist(), best.tolist(), strict=True)) - ORDERED - CHANCE / float(np.sqrt(len(picked)))


def _diagonal(a: Side, b: Side) -> float:
    """Return by how many standard errors sampled units are more alike at the same place of both texts than elsewhere.

    Through the pivot alone too few units find their partner for its order to show; all cells near the diagonal together
    show it still.
    """
    picked = [np.unique(np.linspace(0, len(side.texts) - 1, PROBES).astype(np.intp)) for side in (a, b)]
    alike = a.unit_rows[picked[0]] @ b.unit_rows[picked[1]].T
    alike -= alike.mean(axis=0) + alike.mean(axis=1, keepdims=True) - alike.mean()
    places = [(units + 0.5) / len(side.texts) for units, side in zip(picked, (a, b), strict=True)]
    near = np.abs(places[0][:, None] - places[1]) < BESIDE
    means = (alike * near).sum(axis=1) / np.maximum(1, near.sum(axis=1))
    error = float(means.std()) / float(np.sqrt(len(means)))
    return float(means.mean()) / error if error else 0.0


def _single(side: Side) -> float:
    return float((np.bincount(side.owner) == 1).mean())


def sequence_beads(a: Side, b: Side, encoder: Encoder, threshold: float, cache: VectorCache | None) -> tuple[Bead, ...]:
    """Align two sequences; beads below the threshold are left out."""
    found = align_monotone(a, b, encoder, cache, threshold)
    return tuple(_bead(a, b, scored) for scored in found if all(scored.rung))


def _bead(a: Side, b: Side, scored: Scored) -> Bead:
    left, right = scored.rung
    ids_a = tuple(a.version.passages[i].block_id for i in left)
    ids_b = tuple(b.version.passages[j].block_id for j in right)
    texts = " ".join(a.texts[i] for i in left), " ".join(b.texts[j] for j in right)
    lengths = a.lengths((texts[0],))[0], b.lengths((texts[1],))[0]
    places = (left[0] + 0.5) / len(a.texts), (right[0] + 0.5) / len(b.texts)
    evidence = Evidence(
        encoder=round(min(1.0, max(0.0, scored.cosine)), 4),
        nearest=None,
        pivot=None,
        names=_rounded(agreement(names(texts[0], latin_script=False), names(texts[1], latin_script=False))),
        numbers=_rounded(agreement(numbers(texts[0]), numbers(texts[1]))),
        dates=_rounded(dates.agreement(a.dates(left), b.dates(right))),
        length=round(float(min(lengths) / max(lengths)), 4),
        position=round(1.0 - abs(places[0] - places[1]), 4),
    )
    links = tuple((i, j) for i in ids_a for j in ids_b)
    ids = a.version.article_id, b.version.article_id
    return Bead(*ids, ids_a, ids_b, round(scored.probability, 4), evidence, TRANSLATIONS, links)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
