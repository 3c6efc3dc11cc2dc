"""The emit stage: every article and every bead in, every table out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import EmitConfig
from pipeline.emit.corpus import split_corpus, write_corpus
from pipeline.emit.counts import EmitCounts, Tally
from pipeline.emit.dossier import Dossier
from pipeline.emit.filters import Drops, accepted
from pipeline.emit.pairs import mined_pairs, translated_pairs
from pipeline.emit.parquet import Rows, write
from pipeline.emit.schema import ALIGNMENTS, ARTICLES, BLOCKS, CORPUS, SENTENCES
from pipeline.emit.tables import Sides, alignment_rows, article_row, block_rows, sentence_rows
from pipeline.records import Bead


def emit(
    dossiers: Iterable[Dossier], beads: Sequence[Bead], signature: str, config: EmitConfig, folder: Path
) -> EmitCounts:
    """Write all tables and the corpus into `folder`, which exists and is empty; return what was written.

    The bytes depend on the set of dossiers and beads, not on their order. Dossiers are read once, one at a time.
    """
    writer = _Emission(config, Sides(beads))
    for dossier in dossiers:
        writer.add(dossier)
    return writer.write(signature, folder)


@dataclass(slots=True)
class _Emission:
    """The tables while they fill."""

    config: EmitConfig
    sides: Sides
    tables: tuple[Rows, Rows, Rows] = field(default_factory=lambda: (Rows(ARTICLES), Rows(BLOCKS), Rows(SENTENCES)))
    corpus: Rows = field(default_factory=lambda: Rows(CORPUS))
    drops: Drops = field(default_factory=Drops)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    blocks: Counter[tuple[str, str]] = field(default_factory=Counter)
    sentences: Counter[tuple[str, str]] = field(default_factory=Counter)
    stories: set[str] = field(default_factory=set)

    def add(self, dossier: Dossier) -> None:
        """Take up one article; of a duplicate, its row in `articles` alone."""
        articles, blocks, sentences = self.tables
        articles.extend([article_row(dossier)])
        self.statuses[dossier.status, dossier.identified.lang] += 1
        if dossier.status == "duplicate":
            return
        blocks.extend(block_rows(dossier))
        sentences.extend(sentence_rows(dossier))
        self.sides.add(dossier)
        self._take_pairs(dossier)
        self._count(dossier)

    def write(self, signature: str, folder: Path) -> EmitCounts:
        """Write every file."""
        linked = list(self.sides.linked())
        alignments = Rows(ALIGNMENTS)
        alignments.extend(alignment_rows(linked))
        self.corpus.extend(pair.row() for pair in accepted(mined_pairs(linked), self.config, self.drops))
        for rows in (*self.tables, alignments):
            write(rows.frame(), folder / f"{rows.table.name}.parquet", signature)
        parts = split_corpus(self.corpus, self.config, self.drops)
        written = write_corpus(parts, self.drops, signature, folder / "corpus")
        return EmitCounts(
            articles=_tallies(self.statuses),
            blocks=_tallies(self.blocks),
            sentences=_tallies(self.sentences),
            stories=len(self.stories),
            alignments=len(linked),
            corpus=written,
            dropped=_tallies(self.drops.counts),
        )

    def _take_pairs(self, dossier: Dossier) -> None:
        pairs = accepted(translated_pairs(dossier, self.config), self.config, self.drops)
        self.corpus.extend(pair.row() for pair in pairs)

    def _count(self, dossier: Dossier) -> None:
        self.stories.add(dossier.story_id)
        for block in dossier.identified.blocks:
            self.blocks["kept", block.kind.value] += block.keep
            self.blocks["removed", block.label or block.kind.value] += not block.keep
        for sentence, english in dossier.translated():
            self.sentences.update((sentence.lang, name) for name in ("all", *english.flags))


def _tallies(counts: Counter[tuple[str, str]]) -> tuple[Tally, ...]:
    return tuple(Tally(group, name, n) for (group, name), n in sorted(counts.items()) if n)
