"""The typer application; only typer and the standard library are imported here, so that --help answers at once."""

import sys
import warnings
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.align import align
from pipeline.cli.clean import clean
from pipeline.cli.detect import detect
from pipeline.cli.eval import evaluate
from pipeline.cli.explain import explain
from pipeline.cli.export import export
from pipeline.cli.group import group
from pipeline.cli.models import app as models
from pipeline.cli.plan import plan
from pipeline.cli.report import report
from pipeline.cli.run import run
from pipeline.cli.translate import translate
from pipeline.errors import PipelineError

app = typer.Typer(
    name="pipeline",
    help="Turn scraped multilingual articles into a clean, paragraph-aligned parallel corpus, offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # importing rich for the help page would take longer than printing it
)


def _version(*, show: bool) -> None:
    if show:
        typer.echo(f"pipeline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=lambda show: _version(show=show), is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Turn scraped multilingual articles into a clean, paragraph-aligned parallel corpus, offline."""


app.command()(run)
app.command()(plan)
app.command()(explain)
app.command("eval")(evaluate)
app.command()(clean)
app.command()(detect)
app.command()(export)
app.command()(report)
app.command()(translate)
app.command()(group)
app.command()(align)
app.add_typer(models, name="models")


def _as_a_line(message: Warning | str, *_: object, **__: object) -> str:
    """Write a warning for people, without the place in the code that gave it."""
    return f"pipeline: {message}\n"


def main() -> None:
    """Run the command line; a PipelineError or OSError becomes one line on standard error and its exit code."""
    warnings.formatwarning = _as_a_line
    try:
        app()
    except PipelineError as error:
        typer.echo(f"pipeline: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"pipeline: {where}{error.strerror or error}; see to path, permissions and space there", err=True)
        sys.exit(PipelineError.exit_code)
