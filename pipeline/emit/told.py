"""What the versions of a story say together: its beads and groups with their texts, as rows of two tables."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

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
class Telling:
    """One story: its versions, or those of them that beads speak of, and the beads between these."""

    versions: tuple[Dossier, ...]
    beads: tuple[Bead, ...]

    def linked(self) -> tuple[list[LinkedPair], list[LinkedGroup]]:
        """Return every bead and every group with its text, in the order of the tables' keys."""
        sides = _Sides(self.versions)
        beads = sorted(self.beads, key=lambda bead: (bead.article_a, bead.article_b, bead.blocks_a, bead.blocks_b))
        grouped = group_beads(beads)
        pairs = [
            LinkedPair(
                bead,
                sides.of(bead.article_a, bead.blocks_a),
                sides.of(bead.article_b, bead.blocks_b),
                grouped.home(bead),
            )
            for bead in beads
        ]
        groups = [
            LinkedGroup(number, group, tuple(sides.of(*member) for member in group.members))
            for number, group in enumerate(grouped.groups)
        ]
        return pairs, groups


class _Sides:
    """The text of any blocks of a story's versions."""

    def __init__(self, versions: Iterable[Dossier]) -> None:
        self._versions = {version.article_id: version for version in versions}
        self._texts: dict[tuple[str, int], tuple[str, str]] = {}
        for version in self._versions.values():
            english = version.english()
            for block in version.kept_blocks():
                self._texts[version.article_id, block.block_id] = block.text, english.get(block.block_id, "")

    def of(self, article_id: str, blocks: tuple[int, ...]) -> Side:
        """Return blocks of one version."""
        version = self._versions[article_id]
        text, english = ("\n".join(self._texts[article_id, block][n] for block in blocks) for n in (0, 1))
        return Side(article_id, version.identified.lang, version.story_id, blocks, text, english)


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
