"""`pipeline detect`: the language of files, or of their lines."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import ConfigOption, read_config
from pipeline.cli.inputs import read_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.config import Config
    from pipeline.ingest import Ingested


def detect(
    files: Annotated[list[Path], typer.Argument(help="Seeds; - is standard input.", show_default=False)],
    *,
    lines: Annotated[bool, typer.Option("--lines", help="Judge each line alone instead of the whole.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object each: file, [line,] lang, confidence.")] = False,
    config: ConfigOption = None,
) -> None:
    """Tell the language of each file, or of each line, as a BCP-47 tag; `und` where there is no letter."""
    settings = read_config(config)
    for name, article in read_inputs(files, settings.ingest):
        for line, lang, confidence in _by_line(article, settings) if lines else _whole(article, settings):
            typer.echo(_json(name, line, lang, confidence) if as_json else _plain(name, line, lang, confidence))


def _whole(article: "Ingested", settings: "Config") -> "Iterator[tuple[int | None, str, float]]":
    from pipeline.identify import identify
    from pipeline.normalise import normalise

    blocks = normalise(article.seed, settings.normalise)
    found = identify(blocks, article.seed.declared.language, settings.identify)
    yield None, found.lang, found.confidence


def _by_line(article: "Ingested", settings: "Config") -> "Iterator[tuple[int | None, str, float]]":
    from pipeline.identify import detect as detect_text

    for number, line in enumerate(article.seed.text.removesuffix("\n").split("\n"), 1):
        found = detect_text(line, None, settings.identify)
        yield number, found.lang, found.confidence


def _json(name: str, line: int | None, lang: str, confidence: float) -> str:
    where: dict[str, str | int] = {"file": name} if line is None else {"file": name, "line": line}
    return json.dumps({**where, "lang": lang, "confidence": round(confidence, 4)}, ensure_ascii=False)


def _plain(name: str, line: int | None, lang: str, confidence: float) -> str:
    where = name if line is None else f"{name}:{line}"
    return f"{where}\t{lang}\t{confidence:.2f}"
