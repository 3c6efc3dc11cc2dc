"""The clean stage: evidence a line, a verdict a line, kinds for what stays, metadata from what goes."""

from dataclasses import replace

from pipeline.clean.evidence import find_hits
from pipeline.clean.kinds import is_title, kind_of
from pipeline.clean.lexicon import Hit
from pipeline.clean.measures import weigh
from pipeline.clean.metadata import read_metadata
from pipeline.clean.verdict import decide
from pipeline.config import CleanConfig
from pipeline.records import Block, Cleaned, Kind


def clean(blocks: tuple[Block, ...], config: CleanConfig) -> Cleaned:
    """Mark every block as story or debris; all blocks come back, in the same order.

    A removed block has kind `debris`, the label of what it is and the rule that removed it. A title that only the
    container declares (block on line 0) is never removed.
    """
    texts = [block.text.replace("\n", " ") for block in blocks]
    weights = [weigh(text) for text in texts]
    hits = decide(texts, weights, find_hits(texts), config)
    for index, block in enumerate(blocks):
        if block.line_start == 0:
            hits[index] = None
    judged = tuple(map(_apply, blocks, weights, hits))
    judged = _with_title(judged, weights)
    title = next((block.text for block in judged if block.kind is Kind.TITLE), None)
    removed = [(block.text, hit) for block, hit in zip(blocks, hits, strict=True) if hit]
    return Cleaned(judged, read_metadata(removed, title))


def _apply(block: Block, weight: float, hit: Hit | None) -> Block:
    if hit:
        return replace(block, kind=Kind.DEBRIS, keep=False, label=hit.label, rule=hit.rule)
    return replace(block, kind=Kind.TITLE if block.line_start == 0 else kind_of(block, weight), keep=True)


def _with_title(blocks: tuple[Block, ...], weights: list[float]) -> tuple[Block, ...]:
    kept = [index for index, block in enumerate(blocks) if block.keep]
    if len(kept) < 2 or any(block.kind is Kind.TITLE for block in blocks):  # noqa: PLR2004  # a title heads something
        return blocks
    first = kept[0]
    if not is_title(blocks[first], max(weights[index] for index in kept[1:])):
        return blocks
    return (*blocks[:first], replace(blocks[first], kind=Kind.TITLE), *blocks[first + 1 :])
