"""The n-way view of a story: blocks of several versions that say the same, gathered from the beads of its pairs.

A third version *confirms* a link when both its ends have a common partner there, and *contradicts* it when both have
partners there and none in common. Links that more versions contradict than confirm are cut, the weakest first, each
judged anew after every cut; what the others join is a group. Links between reports join only groups that have no
version in common, the strongest first: one paragraph may echo in several places, which does not make these one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import fsum

from pipeline.align.links import TRANSLATIONS
from pipeline.forest import Forest
from pipeline.records import Bead

MIXED = "mixed"

Block = tuple[str, int]
Link = tuple[Block, Block]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of two versions or more: `members` are (article, blocks), by article.

    `score` is the mean over the links within, `agreement` the share of the pairs of versions that have one.
    `regime` is that of the links, or `mixed`.
    """

    members: tuple[tuple[str, tuple[int, ...]], ...]
    score: float
    agreement: float
    regime: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups, ordered by their members, and the number of the group that each block is in."""

    groups: tuple[Group, ...]
    numbers: dict[Block, int]

    def home(self, bead: Bead) -> int | None:
        """Return the number of the group that a bead lies in, None for one that was cut."""
        found = {self.numbers.get(block) for block in _blocks(bead)}
        return found.pop() if len(found) == 1 else None


def group_beads(beads: Iterable[Bead]) -> Grouped:
    """Gather beads into groups; a block is in one at most. Neither the order of beads nor other stories matter."""
    ties = {link: bead for bead in beads for link in _links(bead)}
    sure = agreeing({link: bead.score for link, bead in ties.items()})
    forest = _Trees()
    for link in sorted(sure, key=lambda link: (ties[link].regime != TRANSLATIONS, -ties[link].score, link)):
        join = forest.join if ties[link].regime == TRANSLATIONS else forest.join_apart
        join(*link)
    gathered = [_members(tree) for tree in forest.trees() if len(tree) > 1]
    numbers = {(name, i): n for n, members in enumerate(gathered) for name, ids in members for i in ids}
    within: dict[int, list[Bead]] = defaultdict(list)
    for x, y in sure:
        if (number := numbers.get(x)) is not None and number == numbers.get(y):
            within[number].append(ties[x, y])
    return Grouped(tuple(_group(members, within[n]) for n, members in enumerate(gathered)), numbers)


def agreeing(scores: dict[Link, float]) -> set[Link]:
    """Return the links that are left when those are cut that more versions contradict than confirm."""
    partners = _Partners(scores)
    left = set(scores)
    doubted = {link for link in left if partners.balance(link) < 0}
    weakest = [(scores[link], link) for link in doubted]
    heapify(weakest)
    while weakest:
        _, link = heappop(weakest)
        doubted.remove(link)
        if partners.balance(link) < 0:
            left.remove(link)
            fresh = {near for near in partners.cut(link) - doubted if partners.balance(near) < 0}
            doubted |= fresh
            for near in fresh:
                heappush(weakest, (scores[near], near))
    return left


class _Partners:
    """What each block is linked to, and in which versions; a link costs what its two ends have."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._blocks: dict[Block, set[Block]] = defaultdict(set)
        self._versions: dict[Block, Counter[str]] = defaultdict(Counter)
        for link in links:
            for one, other in (link, link[::-1]):
                self._blocks[one].add(other)
                self._versions[one][other[0]] += 1

    def balance(self, link: Link) -> int:
        """Return how many more third versions confirm a link than contradict it."""
        x, y = link
        asked = len(self._versions[x].keys() & self._versions[y].keys())
        confirming = len({name for name, _ in self._blocks[x] & self._blocks[y]})
        return 2 * confirming - asked

    def cut(self, link: Link) -> set[Link]:
        """Remove a link; return those of which the balance may have changed."""
        for one, other in (link, link[::-1]):
            self._blocks[one].remove(other)
            self._versions[one] -= Counter([other[0]])
        return {_link(end, other) for end in link for other in self._blocks[end]}


class _Trees(Forest[Block]):
    """Trees of blocks that belong together, and the versions in each."""

    def __init__(self) -> None:
        super().__init__()
        self._versions: dict[Block, set[str]] = {}

    def join_apart(self, a: Block, b: Block) -> None:
        """Join the trees of two blocks, unless these have a version in common."""
        if self._of(a).isdisjoint(self._of(b)):
            self.join(a, b)

    def join(self, a: Block, b: Block) -> None:
        """Join the trees of two blocks."""
        both = self._of(a) | self._of(b)
        super().join(a, b)
        self._versions[self.root(a)] = both

    def _of(self, block: Block) -> set[str]:
        root = self.root(block)
        return self._versions.get(root, {root[0]})


def _members(blocks: list[Block]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    ids: dict[str, list[int]] = defaultdict(list)
    for name, block in blocks:
        ids[name].append(block)
    return tuple((name, tuple(found)) for name, found in ids.items())


def _group(members: tuple[tuple[str, tuple[int, ...]], ...], within: list[Bead]) -> Group:
    """Describe a group by the beads of the links within, a bead as often as it has links there."""
    regimes = {bead.regime for bead in within}
    pairs = len(members) * (len(members) - 1) / 2
    return Group(
        members,
        round(fsum(bead.score for bead in within) / len(within), 4),
        round(len({(bead.article_a, bead.article_b) for bead in within}) / pairs, 4),
        regimes.pop() if len(regimes) == 1 else MIXED,
    )


def _blocks(bead: Bead) -> Iterator[Block]:
    yield from ((bead.article_a, block) for block in bead.blocks_a)
    yield from ((bead.article_b, block) for block in bead.blocks_b)


def _links(bead: Bead) -> Iterator[Link]:
    pairs = bead.links or tuple((i, j) for i in bead.blocks_a for j in bead.blocks_b)
    for i, j in pairs:
        yield _link((bead.article_a, i), (bead.article_b, j))


def _link(x: Block, y: Block) -> Link:
    return (x, y) if x < y else (y, x)
