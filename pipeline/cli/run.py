"""`pipeline run`: the whole flow."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import ConfigOption, ModelsOption, OutputOption, SeedsOption

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.runner.crew import Crew

STRICT_EXIT = 4


class Engine(StrEnum):
    """Who does the work of a run."""

    LOCAL = "local"
    RAY = "ray"


def run(
    *,
    seeds: SeedsOption = Path("seeds"),
    output: OutputOption = Path("output"),
    models: ModelsOption = Path("models"),
    config: ConfigOption = None,
    engine: Annotated[Engine, typer.Option(help="Who does the work: this machine, or a Ray cluster.")] = Engine.LOCAL,
    address: Annotated[
        str | None,
        typer.Option(help="The Ray cluster, host:port or auto.", show_default="a Ray of its own on this machine"),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes to use on this machine.", show_default="all cores")
    ] = None,
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
    from pipeline.runner.progress import Reporter
    from pipeline.runner.run import Options
    from pipeline.runner.run import run as run_flow
    from pipeline.runner.summary import show

    settings = read_config(config)
    options = Options(seeds, output, models, settings, force, _crew(engine, address, jobs, settings))
    summary = run_flow(options, Reporter())
    show(summary, Console(highlight=False))
    if strict and (summary.quarantined or any(tally.group == "untranslated" for tally in summary.counts.articles)):
        raise typer.Exit(STRICT_EXIT)


def _crew(engine: Engine, address: str | None, jobs: int | None, settings: "Config") -> "Crew":
    """Return who does the work; raise ConfigError for options that contradict each other."""
    from pipeline.errors import ConfigError
    from pipeline.runner.crew import Local, default_jobs

    if address and engine is not Engine.RAY:
        raise ConfigError("--address names a Ray cluster; add --engine ray")
    if address and jobs:
        raise ConfigError("--jobs counts processes of this machine, and --address names a cluster; leave one out")
    jobs = jobs or default_jobs()
    if engine is Engine.LOCAL:
        return Local(jobs)
    from pipeline.runner.cluster import Cluster

    return Cluster(settings, jobs, address)
