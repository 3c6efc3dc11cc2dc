"""From dossiers and beads to the rows of the four tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from pipeline.clean.metadata import with_declared
from pipeline.emit.dossier import Dossier
from pipeline.emit.parquet import Row
from pipeline.records import Bead, Block


def article_row(dossier: Dossier) -> Row:
    """Return the row of `articles`."""
    blocks = dossier.identified.blocks
    about = with_declared(dossier.metadata, dossier.declared)
    return (
        dossier.article_id,
        dossier.path,
        dossier.sha256,
        dossier.n_bytes,
        dossier.encoding,
        dossier.identified.lang,
        dossier.identified.confidence,
        dossier.title,
        dossier.title_en,
        about.byline,
        about.source,
        about.published,
        dossier.story_id,
        len(blocks),
        sum(block.keep for block in blocks),
        len(dossier.sentences),
        dossier.status,
        dossier.reason,
    )


def block_rows(dossier: Dossier) -> Iterator[Row]:
    """Yield the rows of `blocks`: every block, kept or removed."""
    for block in dossier.identified.blocks:
        yield (dossier.article_id, *_block_columns(block))


def _block_columns(block: Block) -> Row:
    return (
        block.block_id,
        block.line_start,
        block.line_end,
        block.char_start,
        block.char_end,
        block.text_raw,
        block.text,
        block.kind.value,
        block.keep,
        block.label,
        block.rule,
        list(block.repairs),
        block.lang,
    )


def sentence_rows(dossier: Dossier) -> Iterator[Row]:
    """Yield the rows of `sentences`."""
    for sentence, english in dossier.translated():
        yield (
            dossier.article_id,
            sentence.block_id,
            sentence.sent_id,
            sentence.source,
            english.english,
            english.score,
            list(english.flags),
            english.model,
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a bead: the blocks' own words and their English, a line a block."""

    article_id: str
    lang: str
    story_id: str
    blocks: tuple[int, ...]
    text: str
    english: str


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """A bead with the text of both sides."""

    bead: Bead
    a: Side
    b: Side


class Sides:
    """The text of the blocks that beads speak of, gathered while the dossiers stream by."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self._beads = beads
        self._wanted: dict[str, set[tuple[int, ...]]] = {}
        self._found: dict[tuple[str, tuple[int, ...]], Side] = {}
        for bead in beads:
            self._wanted.setdefault(bead.article_a, set()).add(bead.blocks_a)
            self._wanted.setdefault(bead.article_b, set()).add(bead.blocks_b)

    def add(self, dossier: Dossier) -> None:
        """Keep what the beads need of this article."""
        wanted = self._wanted.get(dossier.article_id, set())
        texts = {block.block_id: block.text for block in dossier.kept_blocks()} if wanted else {}
        for blocks in wanted:
            self._found[dossier.article_id, blocks] = Side(
                dossier.article_id,
                dossier.identified.lang,
                dossier.story_id,
                blocks,
                "\n".join(texts[block] for block in blocks),
                "\n".join(dossier.english_of(block) for block in blocks),
            )

    def linked(self) -> Iterator[LinkedPair]:
        """Yield every bead with its text, in the order of the table's key."""
        pairs = (
            LinkedPair(bead, self._found[bead.article_a, bead.blocks_a], self._found[bead.article_b, bead.blocks_b])
            for bead in self._beads
        )
        return iter(sorted(pairs, key=_bead_key))


def _bead_key(pair: LinkedPair) -> tuple[str, str, str, tuple[int, ...], tuple[int, ...]]:
    bead = pair.bead
    return (pair.a.story_id, bead.article_a, bead.article_b, bead.blocks_a, bead.blocks_b)


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
        )
