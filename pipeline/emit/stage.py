"""The emit stage: every article and every bead in, every table out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from pipeline.config import EmitConfig
from pipeline.emit.card import write_card
from pipeline.emit.corpus import Parts, split_corpus, write_splits
from pipeline.emit.counts import ArticleTally, EmitCounts, Tally, tallies
from pipeline.emit.dossier import Dossier
from pipeline.emit.filters import accepted
from pipeline.emit.pairs import Pair, mined_pairs, translated_pairs
from pipeline.emit.parquet import Rows, write
from pipeline.emit.schema import ALIGNMENTS, ARTICLES, BLOCKS, CORPUS, DROPPED, GROUPS, SENTENCES
from pipeline.emit.tables import article_row, block_rows, sentence_rows
from pipeline.emit.told import LinkedGroup, LinkedPair, Sides, alignment_rows, group_rows
from pipeline.records import Bead


def emit(
    dossiers: Iterable[Dossier], beads: Sequence[Bead], signature: str, config: EmitConfig, folder: Path
) -> EmitCounts:
    """Write all tables and the corpus into `folder`, which exists and is empty; return what was written.

    The bytes depend on the set of dossiers and beads, not on their order. Dossiers are read once, one at a time.
    """
    emission = _Emission(config, beads)
    for dossier in dossiers:
        emission.add(dossier)
    return emission.write(signature, folder)


class _Emission:
    """The tables while they fill."""

    def __init__(self, config: EmitConfig, beads: Sequence[Bead]) -> None:
        self._config = config
        self._sides = Sides(beads)
        self._tally = ArticleTally()
        self._articles, self._blocks, self._sentences = Rows(ARTICLES), Rows(BLOCKS), Rows(SENTENCES)
        self._corpus, self._dropped = Rows(CORPUS), Rows(DROPPED)

    def add(self, dossier: Dossier) -> None:
        """Take up one article; of a duplicate, its row in `articles` alone."""
        self._tally.add(dossier)
        self._articles.extend([article_row(dossier)])
        if dossier.status == "duplicate":
            return
        self._blocks.extend(block_rows(dossier))
        self._sentences.extend(sentence_rows(dossier))
        self._sides.add(dossier)
        self._choose(translated_pairs(dossier, self._config))

    def write(self, signature: str, folder: Path) -> EmitCounts:
        """Write every file."""
        linked, gathered = self._sides.told()
        alignments, groups = Rows(ALIGNMENTS), Rows(GROUPS)
        alignments.extend(alignment_rows(linked))
        groups.extend(group_rows(gathered))
        self._choose(mined_pairs(linked))
        parts = split_corpus(self._corpus, self._config, self._dropped)
        dropped = self._dropped.frame()
        for rows in (self._articles, self._blocks, self._sentences, alignments, groups):
            write(rows.frame(), folder / f"{rows.table.name}.parquet", signature)
        write(dropped, folder / f"{DROPPED.name}.parquet", signature)
        write_splits(parts, signature, folder / CORPUS.name)
        write_card(parts, dropped, signature, folder / CORPUS.name)
        return self._counts(parts, dropped, linked, gathered)

    def _counts(
        self, parts: Parts, dropped: pl.DataFrame, linked: list[LinkedPair], gathered: list[LinkedGroup]
    ) -> EmitCounts:
        corpus = pl.concat([part.with_columns(split=pl.lit(name)) for name, part in parts.items()])
        return EmitCounts(
            articles=tallies(self._tally.articles),
            blocks=tallies(self._tally.blocks),
            sentences=tallies(self._tally.sentences),
            stories=len(self._tally.stories),
            alignments=len(linked),
            groups=tallies(Counter((told.group.regime, str(len(told.members))) for told in gathered)),
            cut=sum(pair.group_id is None for pair in linked),
            corpus=_pairs(corpus, "split", "kind"),
            dropped=_pairs(dropped, "kind", "reason"),
            flagged=self._tally.flagged,
        )

    def _choose(self, pairs: Iterable[Pair]) -> None:
        self._corpus.extend(pair.row() for pair in accepted(pairs, self._config, self._dropped))


def _pairs(frame: pl.DataFrame, group: str, name: str) -> tuple[Tally, ...]:
    """Count pairs by two columns."""
    return tuple(Tally(*row) for row in frame.group_by(group, name).len().sort(group, name).iter_rows())
