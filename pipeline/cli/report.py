"""`pipeline report`: the HTML report."""

from pathlib import Path

import typer

from pipeline.cli.common import OutputOption


def report(*, output: OutputOption = Path("output")) -> None:
    """Write the report of the last run anew, one HTML page that needs no network, and print its path."""
    from pipeline.report import write_report

    typer.echo(write_report(output))
