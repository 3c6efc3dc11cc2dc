"""The emit stage: every article and every story in, every table out."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.config import EmitConfig
from pipeline.emit.candidates import Candidates
from pipeline.emit.card import write_card
from pipeline.emit.corpus import Parts, split_corpus, write_splits
from pipeline.emit.counts import ArticleTally, EmitCounts, Groups, tallies
from pipeline.emit.dossier import Dossier
from pipeline.emit.dropped import Dropped
from pipeline.emit.filters import accepted
from pipeline.emit.pairs import Pair, mined_pairs, translated_pairs
from pipeline.emit.parquet import Rows, write, writing
from pipeline.emit.schema import ALIGNMENTS, ARTICLES, BLOCKS, CORPUS, GROUPS, SENTENCES
from pipeline.emit.tables import article_row, block_rows, sentence_rows
from pipeline.emit.told import Telling, alignment_rows, group_rows


def emit(
    dossiers: Iterable[Dossier], tellings: Iterable[Telling], signature: str, config: EmitConfig, folder: Path
) -> EmitCounts:
    """Write all tables and the corpus into `folder`, which exists and is empty; return what was written.

    The bytes depend on the set of dossiers and tellings, not on their order. Both are read once, one at a time, and
    their rows wait on the disk, in `folder`, until all are there. Raises PipelineError when there is no room.
    """
    with TemporaryDirectory(dir=folder) as scratch, writing(folder):
        emission = _Emission(config, Path(scratch))
        for dossier in dossiers:
            emission.add(dossier)
        for telling in tellings:
            emission.link(telling)
        return emission.write(signature, folder)


class _Emission:
    """The tables while they fill."""

    def __init__(self, config: EmitConfig, scratch: Path) -> None:
        self._config = config
        self._tally = ArticleTally()
        self._groups: Groups = Counter()
        self._n_linked = self._n_cut = 0
        self._articles, self._blocks, self._sentences, self._alignments, self._gathered = self._tables = tuple(
            Rows(table, scratch) for table in (ARTICLES, BLOCKS, SENTENCES, ALIGNMENTS, GROUPS)
        )
        self._candidates, self._dropped = Candidates(scratch), Dropped(scratch)

    def add(self, dossier: Dossier) -> None:
        """Take up one article; of a duplicate, its row in `articles` alone."""
        self._tally.add(dossier)
        self._articles.extend([article_row(dossier)])
        if dossier.status == "duplicate":
            return
        self._blocks.extend(block_rows(dossier))
        self._sentences.extend(sentence_rows(dossier))
        self._choose(translated_pairs(dossier, self._config))

    def link(self, telling: Telling) -> None:
        """Take up what the versions of one story say together."""
        linked, gathered = telling.linked()
        self._alignments.extend(alignment_rows(linked))
        self._gathered.extend(group_rows(gathered))
        self._choose(mined_pairs(linked))
        self._groups.update((told.group.regime, str(len(told.members))) for told in gathered)
        self._n_linked += len(linked)
        self._n_cut += sum(pair.group_id is None for pair in linked)

    def write(self, signature: str, folder: Path) -> EmitCounts:
        """Write every file."""
        parts = split_corpus(self._candidates, self._config, self._dropped)
        for rows in (*self._tables, self._dropped.rows):
            write(rows.batches(), rows.table, folder / f"{rows.table.name}.parquet", signature)
        write_splits(parts, signature, folder / CORPUS.name)
        write_card(parts, self._dropped.counts, signature, folder / CORPUS.name)
        return self._counts(parts)

    def _counts(self, parts: Parts) -> EmitCounts:
        kinds = Counter({(name, kind): n for name, part in parts.items() for kind, n in part.kinds()})
        return EmitCounts(
            articles=tallies(self._tally.articles),
            blocks=tallies(self._tally.blocks),
            sentences=tallies(self._tally.sentences),
            stories=len(self._tally.stories),
            alignments=self._n_linked,
            groups=tallies(self._groups),
            cut=self._n_cut,
            corpus=tallies(kinds),
            dropped=tallies(self._dropped.counts),
            flagged=self._tally.flagged,
        )

    def _choose(self, pairs: Iterable[Pair]) -> None:
        self._candidates.extend(accepted(pairs, self._config, self._dropped))
