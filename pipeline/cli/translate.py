"""`pipeline translate`: English for each line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import ConfigOption, ModelsOption, read_config
from pipeline.cli.inputs import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.translate.lines import Line


def translate(
    files: Annotated[list[Path], typer.Argument(help="Text files; - is standard input.", show_default=False)],
    *,
    lang: Annotated[
        str | None, typer.Option("--from", help="Language of the lines (BCP-47).", show_default="detected")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One object a line: source, English, score, flags.")] = False,
    models: ModelsOption = Path("models"),
    config: ConfigOption = None,
) -> None:
    """Translate each line to English: as many lines out as in, empty ones kept."""
    from pipeline.ingest import printable
    from pipeline.store import ModelStore
    from pipeline.translate import DictMemory, Translator
    from pipeline.translate.lines import hints, translate_lines

    settings = read_config(config)
    translator = Translator(ModelStore(models), settings.translate, DictMemory())
    for file in files:
        lines = translate_lines(read_text(file), lang, translator, settings)
        name = printable(file)
        for row in _rows(name, lines) if as_json else (line.hypothesis.english for line in lines):
            typer.echo(row)
        for hint in hints(lines):
            typer.echo(f"pipeline: {name}: {hint}", err=True)


def _rows(name: str, lines: "list[Line]") -> "Iterator[str]":
    for number, line in enumerate(lines, 1):
        row = {
            "file": name,
            "line": number,
            "source": line.source,
            "english": line.hypothesis.english,
            "score": line.hypothesis.score,
            "flags": list(line.hypothesis.flags),
        }
        yield json.dumps(row, ensure_ascii=False)
