"""`pipeline run`: the whole flow."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import ConfigOption, ModelsOption, OutputOption, SeedsOption

STRICT_EXIT = 4


def run(
    *,
    seeds: SeedsOption = Path("seeds"),
    output: OutputOption = Path("output"),
    models: ModelsOption = Path("models"),
    config: ConfigOption = None,
    engine: Annotated[str, typer.Option(help="Where the work is done: local.")] = "local",
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes to use.", show_default="all cores")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 4 when a seed was quarantined or left untranslated.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Forget every cached result first.")] = False,
) -> None:
    """Clean, translate, group and align a folder of seeds, and write the parallel corpus.

    Only what changed since the last run is redone.
    """
    from rich.console import Console

    from pipeline.cli.common import read_config
    from pipeline.errors import ConfigError
    from pipeline.runner.articles import default_jobs
    from pipeline.runner.progress import Reporter
    from pipeline.runner.run import Options
    from pipeline.runner.run import run as run_flow
    from pipeline.runner.summary import show

    if engine != "local":
        raise ConfigError(f"there is no engine '{engine}'; use --engine local")
    options = Options(seeds, output, models, read_config(config), jobs or default_jobs(), force)
    summary = run_flow(options, Reporter())
    show(summary, Console(highlight=False))
    if strict and (summary.quarantined or any(tally.group == "untranslated" for tally in summary.counts.articles)):
        raise typer.Exit(STRICT_EXIT)
