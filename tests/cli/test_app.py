"""The command line answers at once, names its commands, and turns errors into exit codes."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from pipeline import __version__
from pipeline.cli import app as application

HEAVY = (
    "polars",
    "numpy",
    "pydantic",
    "rich",
    "ctranslate2",
    "sentencepiece",
    "ftfy",
    "py3langid",
    "sentencex",
    "sqlite3",
)
COMMANDS = (
    "run",
    "plan",
    "explain",
    "clean",
    "detect",
    "translate",
    "group",
    "align",
    "models",
    "export",
    "report",
    "eval",
)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['pipeline', '--help']\n"
        "from pipeline.cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print('heavy:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "heavy: []" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    result = CliRunner().invoke(application.app, [command, "--help"])
    assert result.exit_code == 0
    assert "--help" in result.stdout


def test_version():
    assert CliRunner().invoke(application.app, ["--version"]).stdout.strip() == f"pipeline {__version__}"


def test_an_unknown_option_is_a_usage_error():
    assert CliRunner().invoke(application.app, ["run", "--sedes", "x"]).exit_code == 2
