"""What the versions of a story say together: its beads and groups with their texts, as rows of two tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from pipeline.align.groups import Group, group_beads
from pipeline.emit.dossier import Dossier
from pipeline.emit.parquet import Row
from pipeline.records import Bead


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a bead, or one member of a group: the blocks' own words and their English, a line a block."""

    article_id: str
    lang: str
    story_id: str
    blocks: tuple[int, ...]
    text: str
    english: str


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """A bead with the text of both sides, and the number of its group in the story; None for one that was cut."""

    bead: Bead
    a: Side
    b: Side
    group_id: int | None


@dataclass(frozen=True, slots=True)
class LinkedGroup:
    """A group with its number in the story and the text of every member."""

    group_id: int
    group: Group
    members: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is needed of an article: own words and English of each block that a bead speaks of."""

    lang: str
    story_id: str
    blocks: dict[int, tuple[str, str]]


class Sides:
    """The text of the blocks that beads speak of, gathered while the dossiers stream by."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self._beads = beads
        self._wanted: dict[str, set[int]] = {}
        self._articles: dict[str, _Told] = {}
        for bead in beads:
            self._wanted.setdefault(bead.article_a, set()).update(bead.blocks_a)
            self._wanted.setdefault(bead.article_b, set()).update(bead.blocks_b)

    def add(self, dossier: Dossier) -> None:
        """Keep what the beads need of this article."""
        wanted = self._wanted.get(dossier.article_id)
        if wanted:
            texts = {
                block.block_id: (block.text, dossier.english_of(block.block_id))
                for block in dossier.kept_blocks()
                if block.block_id in wanted
            }
            self._articles[dossier.article_id] = _Told(dossier.identified.lang, dossier.story_id, texts)

    def told(self) -> tuple[list[LinkedPair], list[LinkedGroup]]:
        """Return every bead and every group with its text, in the order of the tables' keys."""
        pairs: list[LinkedPair] = []
        groups: list[LinkedGroup] = []
        for _, told in groupby(sorted(self._beads, key=self._key), key=self._story):
            beads = list(told)
            grouped = group_beads(beads)
            pairs += (LinkedPair(bead, *self._both(bead), grouped.home(bead)) for bead in beads)
            groups += (
                LinkedGroup(number, group, tuple(self._side(*member) for member in group.members))
                for number, group in enumerate(grouped.groups)
            )
        return pairs, groups

    def _story(self, bead: Bead) -> str:
        return self._articles[bead.article_a].story_id

    def _key(self, bead: Bead) -> tuple[str, str, str, tuple[int, ...], tuple[int, ...]]:
        return (self._story(bead), bead.article_a, bead.article_b, bead.blocks_a, bead.blocks_b)

    def _both(self, bead: Bead) -> tuple[Side, Side]:
        return self._side(bead.article_a, bead.blocks_a), self._side(bead.article_b, bead.blocks_b)

    def _side(self, article_id: str, blocks: tuple[int, ...]) -> Side:
        told = self._articles[article_id]
        text, english = ("\n".join(told.blocks[block][n] for block in blocks) for n in (0, 1))
        return Side(article_id, told.lang, told.story_id, blocks, text, english)


def alignment_rows(pairs: Iterable[LinkedPair]) -> Iterator[Row]:
    """Yield the rows of `alignments`."""
    for pair in pairs:
        a, b = pair.a, pair.b
        yield (
            a.story_id,
            a.article_id,
            b.article_id,
            a.lang,
            b.lang,
            list(a.blocks),
            list(b.blocks),
            a.text,
            b.text,
            a.english,
            b.english,
            pair.bead.score,
            {**asdict(pair.bead.evidence), "regime": pair.bead.regime},
            pair.group_id,
        )


def group_rows(groups: Iterable[LinkedGroup]) -> Iterator[Row]:
    """Yield the rows of `groups`."""
    for told in groups:
        yield (
            told.members[0].story_id,
            told.group_id,
            told.group.regime,
            [_member(side) for side in told.members],
            told.group.score,
            told.group.agreement,
        )


def _member(side: Side) -> dict[str, object]:
    return {
        "article_id": side.article_id,
        "lang": side.lang,
        "blocks": list(side.blocks),
        "text": side.text,
        "english": side.english,
    }
