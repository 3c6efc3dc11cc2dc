"""Segment an article: every kept block becomes one sentence or more, in page order."""

from pipeline.config import SegmentConfig
from pipeline.records import Block, Kind, Sentence
from pipeline.segment.split import split

_WHOLE = frozenset({Kind.TITLE, Kind.HEADING})
"""A heading is one sentence, whatever stops stand in it."""


def segment(blocks: tuple[Block, ...], lang: str, config: SegmentConfig) -> tuple[Sentence, ...]:
    """Return the sentences of the kept blocks; `lang` is the article's, for blocks that have none of their own.

    The sentences of a block, joined, are its text but for white space; none is empty.
    """
    return tuple(
        Sentence(block.block_id, number, source, block.lang or lang)
        for block in blocks
        if block.keep
        for number, source in enumerate(_sentences(block, block.lang or lang, config))
    )


def _sentences(block: Block, lang: str, config: SegmentConfig) -> tuple[str, ...]:
    if block.kind in _WHOLE:
        text = block.text.strip()
        return (text,) if text else ()
    return split(block.text, lang, config)
