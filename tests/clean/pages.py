"""Pages for tests: lines to blocks, the way a run makes them."""

from collections.abc import Sequence

from pipeline.clean import clean
from pipeline.clean.batch import gather
from pipeline.clean.evidence import find_hits
from pipeline.clean.features import Table, describe
from pipeline.clean.lexicon import Hit
from pipeline.config import CleanConfig, NormaliseConfig
from pipeline.normalise import normalise
from pipeline.records import Block, Cleaned, Seed


def blocks_of(lines: list[str]) -> tuple[Block, ...]:
    return normalise(Seed("0" * 16, "0" * 64, 0, "utf-8", "\n".join(lines)), NormaliseConfig())


def clean_lines(lines: list[str], config: CleanConfig | None = None) -> Cleaned:
    return clean(blocks_of(lines), config or CleanConfig())


def kept(lines: list[str]) -> list[str]:
    return [block.text for block in clean_lines(lines).blocks if block.keep]


def labels(lines: list[str]) -> dict[int, str | None]:
    """Return the label of every removed line by its number."""
    cleaned = clean_lines(lines)
    return {
        number: block.label
        for block in cleaned.blocks
        if not block.keep
        for number in range(block.line_start, block.line_end + 1)
    }


def hits_of(lines: Sequence[str]) -> list[Hit | None]:
    return find_hits(gather([lines]))


def features_of(*pages: Sequence[str]) -> Table:
    batch = gather(pages)
    return describe(batch, find_hits(batch))
