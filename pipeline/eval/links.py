"""Count links between lines, the beads they make, and abstention, against gold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from pipeline.align.links import components

Link = tuple[int, int]
Bead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Known links of two versions: `overlap` of each link, the groups they make, the lines that have no partner."""

    overlap: Mapping[Link, float]
    groups: frozenset[Bead]
    alone_a: frozenset[int]
    alone_b: frozenset[int]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is added up over pairs of versions; the scores are ratios of sums."""

    proposed: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    beads: int = 0
    gold_beads: int = 0
    strict: int = 0
    lax_precise: int = 0
    lax_recalled: int = 0
    alone: int = 0
    left_alone: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    def link_f1(self) -> float:
        """Return the F1 of links: right if they share content, wanted if half of the shorter side is shared."""
        return f1(ratio(self.right, self.proposed), ratio(self.found, self.wanted))

    def strict_f1(self) -> float:
        """Return the F1 of beads: right if the same bead is in the gold."""
        return f1(ratio(self.strict, self.beads), ratio(self.strict, self.gold_beads))

    def lax_f1(self) -> float:
        """Return the F1 of beads: right if they share a link with a bead of the gold."""
        return f1(ratio(self.lax_precise, self.beads), ratio(self.lax_recalled, self.gold_beads))

    def no_partner_recall(self) -> float:
        """Return the share of lines without partner that got none."""
        return ratio(self.left_alone, self.alone)


def count(gold: GoldPair, links: frozenset[Link]) -> Counts:
    """Count one pair of versions."""
    beads = frozenset(components(links))
    wanted = {link for link, overlap in gold.overlap.items() if overlap >= 0.5}  # noqa: PLR2004 - the gold's definition
    return Counts(
        proposed=len(links),
        right=len(links & gold.overlap.keys()),
        wanted=len(wanted),
        found=len(links & wanted),
        beads=len(beads),
        gold_beads=len(gold.groups),
        strict=len(beads & gold.groups),
        lax_precise=touching(gold.groups, beads),
        lax_recalled=touching(beads, gold.groups),
        alone=len(gold.alone_a) + len(gold.alone_b),
        left_alone=len(gold.alone_a - {i for i, _ in links}) + len(gold.alone_b - {j for _, j in links}),
    )


def touching(reference: Iterable[Bead], judged: Iterable[Bead]) -> int:
    """Count the beads that share a line on either side with one bead of the reference, as vecalign counts (lax)."""
    targets: dict[int, set[int]] = defaultdict(set)
    for left, right in reference:
        for line in left:
            targets[line].update(right)
    return sum(any(targets.get(line, set()) & set(right) for line in left) for left, right in judged)


def ratio(part: float, whole: float) -> float:
    """Divide, with 0 for nothing of nothing."""
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
