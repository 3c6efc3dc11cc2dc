"""The clean stage: evidence a line, a verdict a line, kinds for what stays, metadata from what goes."""

from collections.abc import Iterable, Iterator

from pipeline.clean.batch import gather
from pipeline.clean.evidence import find_hits
from pipeline.clean.kinds import is_title, kind_of
from pipeline.clean.lexicon import Hit
from pipeline.clean.metadata import read_metadata
from pipeline.clean.model import PageModel, load_model
from pipeline.clean.override import override
from pipeline.clean.verdict import decide
from pipeline.config import CleanConfig
from pipeline.records import Block, Cleaned, Kind

_BATCH_LINES = 4096


def clean(blocks: tuple[Block, ...], config: CleanConfig) -> Cleaned:
    """Mark every block as story or debris; all blocks come back, in the same order.

    A removed block has kind `debris`, the label of what it is and the rule that removed it. A title that only the
    container declares (block on line 0) is never removed.
    """
    return next(clean_all([blocks], config))


def clean_all(
    articles: Iterable[tuple[Block, ...]], config: CleanConfig, model: PageModel | None = None
) -> Iterator[Cleaned]:
    """Yield what `clean` returns for each article; many together are judged several times faster than one by one.

    `model` is another page model than the shipped one: for evaluation on pages that the model has not seen.
    """
    for batch in _batches(articles):
        yield from _clean_batch(batch, config, model or load_model())


def _batches(articles: Iterable[tuple[Block, ...]]) -> Iterator[list[tuple[Block, ...]]]:
    """Cut a stream of articles where their lines would no longer fit in the processor's cache."""
    batch: list[tuple[Block, ...]] = []
    lines = 0
    for article in articles:
        if batch and lines + len(article) > _BATCH_LINES:
            yield batch
            batch, lines = [], 0
        batch.append(article)
        lines += len(article)
    if batch:
        yield batch


def _clean_batch(articles: list[tuple[Block, ...]], config: CleanConfig, model: PageModel) -> Iterator[Cleaned]:
    batch = gather([[_as_seen(block) for block in blocks] for blocks in articles])
    verdicts = decide(batch, find_hits(batch), config.threshold, model)
    for blocks, span in zip(articles, batch.spans(), strict=True):
        hits = override([_as_written(block) for block in blocks], verdicts[span], config.overrides)
        hits = [None if block.line_start == 0 else hit for block, hit in zip(blocks, hits, strict=True)]
        yield _finish(blocks, batch.folded[span], hits)


def _finish(blocks: tuple[Block, ...], folded: list[str], hits: list[Hit | None]) -> Cleaned:
    """Write the verdicts on the blocks, name the title, and read the metadata from what goes."""
    judged = _with_title(tuple(map(_apply, blocks, hits)))
    title = next((block.text for block in judged if block.kind is Kind.TITLE), None)
    removed = [(block.text, line, hit) for block, line, hit in zip(blocks, folded, hits, strict=True) if hit]
    return Cleaned(judged, read_metadata(removed, title))


def _as_seen(block: Block) -> str:
    """Return the text as a line of the page, with the bullet that normalising has turned into a kind."""
    text = block.text.replace("\n", " ")
    return f"• {text}" if block.kind is Kind.LIST_ITEM else text


def _as_written(block: Block) -> tuple[str, ...]:
    """Return the forms in which a person sees the line: its text, and a list item with the bullet of the seed too."""
    forms = (block.text, block.text_raw) if block.kind is Kind.LIST_ITEM else (block.text,)
    return tuple(form.replace("\n", " ") for form in forms)


def _apply(block: Block, hit: Hit | None) -> Block:
    if hit:
        return _judged(block, Kind.DEBRIS, hit)
    kind = kind_of(block)
    return block if kind is block.kind and block.keep else _judged(block, kind, None)


def _judged(block: Block, kind: Kind, hit: Hit | None) -> Block:
    """Return the block with a verdict."""
    label, rule = (hit.label, hit.rule) if hit else (None, None)
    return Block(*block[:7], kind, hit is None, label, rule, block.repairs, block.lang)


def _with_title(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Call the first kept line the title if none is and it reads like one."""
    if any(block.kind is Kind.TITLE for block in blocks):
        return blocks
    kept = [index for index, block in enumerate(blocks) if block.keep]
    if not kept or not is_title(blocks[kept[0]], (blocks[index] for index in kept[1:])):
        return blocks
    first = kept[0]
    return (*blocks[:first], _judged(blocks[first], Kind.TITLE, None), *blocks[first + 1 :])
