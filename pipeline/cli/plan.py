"""`pipeline plan`: what a run would redo."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import ConfigOption, ModelsOption, OutputOption, SeedsOption


def plan(
    *,
    seeds: SeedsOption = Path("seeds"),
    output: OutputOption = Path("output"),
    models: ModelsOption = Path("models"),
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a seed.")] = False,
) -> None:
    """Show what a run would recompute, and why; nothing is changed."""
    import json
    from dataclasses import asdict

    from pipeline.cli.common import read_config
    from pipeline.runner.plan import plan as make_plan
    from pipeline.runner.run import Options

    found = make_plan(Options(seeds, output, models, read_config(config)))
    for change in found.changes:
        typer.echo(
            json.dumps(asdict(change), ensure_ascii=False)
            if as_json
            else _line(change.path, change.stage, change.reason)
        )
    if as_json:
        return
    for reason in found.corpus:
        typer.echo(reason)
    typer.echo(f"{len(found.changes)} to redo, {found.unchanged} unchanged")


def _line(path: str, stage: str, reason: str) -> str:
    return f"{path}: from {stage} on ({reason})"
