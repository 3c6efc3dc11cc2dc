"""From dossiers to the rows of the tables about articles."""

from collections.abc import Iterator

from pipeline.clean.metadata import with_declared
from pipeline.emit.dossier import Dossier
from pipeline.emit.parquet import Row
from pipeline.records import Block


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
