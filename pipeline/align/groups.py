"""The n-way view of a story: blocks of several versions that say the same, gathered from the beads of its pairs.

A third version *confirms* a link when both its ends have a common partner there, and *contradicts* it when both have
partners there and none in common. Links that more versions contradict than confirm are cut, the weakest first, each
judged anew after every cut; what the others join is a group. Links between reports join only groups that have no
version in common, the strongest first: one paragraph may echo in several places, which does not make these one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import fsum

from pipeline.align.links import TRANSLATIONS
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
    forest = _Forest()
    for link in sorted(sure, key=lambda link: (ties[link].regime != TRANSLATIONS, -ties[link].score, link)):
        forest.join(*link, apart=ties[link].regime != TRANSLATIONS)
    gathered = sorted(map(_members, forest.trees()))
    numbers = {(name, i): n for n, members in enumerate(gathered) for name, ids in members for i in ids}
    within: dict[int, list[Bead]] = defaultdict(list)
    for x, y in sure:
        if (number := numbers.get(x)) is not None and number == numbers.get(y):
            within[number].append(ties[x, y])
    return Grouped(tuple(_group(members, within[n]) for n, members in enumerate(gathered)), numbers)


def agreeing(scores: dict[Link, float]) -> set[Link]:
    """Return the links that are left when those are cut that more versions contradict than confirm."""
    partners: dict[Block, dict[str, set[Block]]] = defaultdict(lambda: defaultdict(set))
    for x, y in scores:
        partners[x][y[0]].add(y)
        partners[y][x[0]].add(x)
    left = set(scores)
    doubted = [(scores[link], link) for link in left if _balance(link, partners) < 0]
    heapify(doubted)
    while doubted:
        _, link = heappop(doubted)
        if link not in left or _balance(link, partners) >= 0:
            continue
        left.remove(link)
        x, y = link
        partners[x][y[0]].remove(y)
        partners[y][x[0]].remove(x)
        for near in _around(x, partners) | _around(y, partners):
            if _balance(near, partners) < 0:
                heappush(doubted, (scores[near], near))
    return left


def _balance(link: Link, partners: dict[Block, dict[str, set[Block]]]) -> int:
    """Return how many more third versions confirm a link than contradict it."""
    x, y = (partners[end] for end in link)
    shared = [x[third] & y[third] for third in x.keys() & y.keys() if x[third] and y[third]]
    return sum(1 if common else -1 for common in shared)


def _around(block: Block, partners: dict[Block, dict[str, set[Block]]]) -> set[Link]:
    return {_link(block, other) for others in partners[block].values() for other in others}


class _Forest:
    """Trees of blocks that belong together, and the versions in each."""

    def __init__(self) -> None:
        self._parents: dict[Block, Block] = {}
        self._versions: dict[Block, set[str]] = {}

    def join(self, x: Block, y: Block, *, apart: bool) -> None:
        """Join the trees of two blocks, unless these must be `apart` and have a version in common."""
        first, second = sorted((self._root(x), self._root(y)))
        if first == second or (apart and self._versions[first] & self._versions[second]):
            return
        self._parents[second] = first
        self._versions[first] |= self._versions.pop(second)

    def trees(self) -> Iterator[list[Block]]:
        """Yield the trees of two blocks or more."""
        trees: dict[Block, list[Block]] = defaultdict(list)
        for block in sorted(self._parents):
            trees[self._root(block)].append(block)
        return (tree for tree in trees.values() if len(tree) > 1)

    def _root(self, block: Block) -> Block:
        if block not in self._parents:
            self._parents[block], self._versions[block] = block, {block[0]}
        while self._parents[block] != block:
            self._parents[block] = self._parents[self._parents[block]]
            block = self._parents[block]
        return block


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
