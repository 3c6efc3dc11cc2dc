"""`pipeline group`: which files tell the same story."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import ConfigOption, ModelsOption, read_config
from pipeline.cli.inputs import read_text


def group(
    files: Annotated[list[Path], typer.Argument(help="Articles as plain text.", show_default=False)],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One object a file: file, story.")] = False,
    models: ModelsOption = Path("models"),
    config: ConfigOption = None,
) -> None:
    """Group files that tell the same story; a story is named by the first of its files."""
    from pipeline.align.lines import translator, with_english
    from pipeline.encode import load_encoder
    from pipeline.group import group as group_versions
    from pipeline.group.files import version_of_text
    from pipeline.ingest import printable

    settings = read_config(config)
    encoder = load_encoder(settings.group.encoder)
    names = list(dict.fromkeys(str(path) for path in files))
    versions = [version_of_text(name, read_text(Path(name)), settings) for name in names]
    if encoder.reads_english:
        english = translator(models, settings.translate)
        versions = [with_english(version, english) for version in versions]
    stories = group_versions(versions, encoder, settings.group)
    for name in names:
        row = {"file": printable(name), "story": printable(stories[name])}
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else "\t".join(row.values()))
