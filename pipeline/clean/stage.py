"""The clean stage: evidence a line, a verdict a line, kinds for what stays, metadata from what goes."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.clean.evidence import find_hits
from pipeline.clean.kinds import is_title, kind_of
from pipeline.clean.lexicon import Hit
from pipeline.clean.measures import weigh
from pipeline.clean.metadata import read_metadata
from pipeline.clean.model import PageModel, load_model
from pipeline.clean.verdict import decide
from pipeline.config import CleanConfig
from pipeline.records import Block, Cleaned, Kind


def clean(blocks: tuple[Block, ...], config: CleanConfig) -> Cleaned:
    """Mark every block as story or debris; all blocks come back, in the same order.

    A removed block has kind `debris`, the label of what it is and the rule that removed it. A title that only the
    container declares (block on line 0) is never removed.
    """
    return clean_with(blocks, config, load_model())


def clean_with(blocks: tuple[Block, ...], config: CleanConfig, model: PageModel) -> Cleaned:
    """Do what `clean` does with another page model: for evaluation on pages that the model has not seen."""
    texts = [_as_seen(block) for block in blocks]
    hits = decide(texts, find_hits(texts), config.threshold, model)
    hits = [None if block.line_start == 0 else hit for block, hit in zip(blocks, hits, strict=True)]
    weights = [weigh(text) for text in texts]
    judged = _with_title(tuple(map(_apply, blocks, weights, hits)), weights)
    title = next((block.text for block in judged if block.kind is Kind.TITLE), None)
    removed = [(block.text, hit) for block, hit in zip(blocks, hits, strict=True) if hit]
    return Cleaned(judged, read_metadata(removed, title))


def _as_seen(block: Block) -> str:
    """Return the text as a line of the page, with the bullet that normalising has turned into a kind."""
    text = block.text.replace("\n", " ")
    return f"• {text}" if block.kind is Kind.LIST_ITEM else text


def _apply(block: Block, weight: float, hit: Hit | None) -> Block:
    if hit:
        return replace(block, kind=Kind.DEBRIS, keep=False, label=hit.label, rule=hit.rule)
    return replace(block, kind=kind_of(block, weight), keep=True)


def _with_title(blocks: tuple[Block, ...], weights: Sequence[float]) -> tuple[Block, ...]:
    """Call the first kept line the title if none is and it reads like one."""
    kept = [index for index, block in enumerate(blocks) if block.keep]
    if len(kept) < 2 or any(block.kind is Kind.TITLE for block in blocks):  # noqa: PLR2004  # a title heads something
        return blocks
    first = kept[0]
    if not is_title(blocks[first], max(weights[index] for index in kept[1:])):
        return blocks
    return (*blocks[:first], replace(blocks[first], kind=Kind.TITLE), *blocks[first + 1 :])
