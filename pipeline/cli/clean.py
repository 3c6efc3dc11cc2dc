"""`pipeline clean`: the story without the debris, from files or standard input."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import ConfigOption, read_config
from pipeline.cli.inputs import read_inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.config import Config
    from pipeline.ingest import Ingested
    from pipeline.records import Block, Cleaned, Metadata

_BATCH = 64  # articles that are read before the first is printed


def clean(
    files: Annotated[list[Path], typer.Argument(help="Seeds; - is standard input.", show_default=False)],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One object a file, with every block and its rule.")] = False,
    config: ConfigOption = None,
) -> None:
    """Print the articles without their debris; with --json also what was removed, and why."""
    settings = read_config(config)
    batch: list[tuple[str, Ingested]] = []
    try:
        for named in read_inputs(files, settings.ingest):
            batch.append(named)
            if len(batch) == _BATCH:
                _print(batch, settings, as_json=as_json)
                batch.clear()
    finally:  # the end of the inputs is an exception where one of them was no article
        _print(batch, settings, as_json=as_json)


def _print(batch: "Sequence[tuple[str, Ingested]]", settings: "Config", *, as_json: bool) -> None:
    """Clean some articles together, which is several times faster than one by one, and print them."""
    from pipeline.clean import clean_all
    from pipeline.normalise import normalise

    blocks = (normalise(article.seed, settings.normalise) for _, article in batch)
    for (name, article), cleaned in zip(batch, clean_all(blocks, settings.clean), strict=True):
        typer.echo(_text(name, article, cleaned, settings, as_json=as_json))


def _text(name: str, article: "Ingested", cleaned: "Cleaned", settings: "Config", *, as_json: bool) -> str:
    from pipeline.clean.metadata import with_declared
    from pipeline.identify import identify

    if not as_json:
        return "\n\n".join(block.text for block in cleaned.blocks if block.keep)
    declared = article.seed.declared
    lang = identify(cleaned.blocks, declared.language, settings.identify).lang
    about = with_declared(cleaned.metadata, declared)
    return json.dumps(_describe(name, lang, about, cleaned.blocks), ensure_ascii=False)


def _describe(name: str, lang: str, about: "Metadata", blocks: "Sequence[Block]") -> dict[str, object]:
    kept = {line for block in blocks if block.keep for line in range(block.line_start, block.line_end + 1)}
    return {
        "file": name,
        "lang": lang,
        "title": about.title,
        "byline": about.byline,
        "source": about.source,
        "published": about.published,
        "keep": sorted(kept - {0}),
        "blocks": [_block(block) for block in blocks],
    }


def _block(block: "Block") -> dict[str, object]:
    return {
        "line_start": block.line_start,
        "line_end": block.line_end,
        "kind": block.kind,
        "keep": block.keep,
        "label": block.label,
        "rule": block.rule,
        "text": block.text,
    }
