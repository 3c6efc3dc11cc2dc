"""Runs with the model that ships, each made once for all tests that look at it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import shared

ROOT = Path(__file__).parents[2]
OFFLINE = ROOT / "tests" / "offline"


def run_offline(*arguments, cwd=ROOT):
    """Call the command line in a process whose sockets are refused; return what it printed."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(OFFLINE), *sys.path])}
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    done = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """The output folder of `pipeline run` on what the repository ships."""
    output = tmp_path_factory.mktemp("shipped")
    run_offline("run", "--output", output)
    return output


@pytest.fixture(scope="session")
def real(tmp_path_factory):
    """The output folder of a run over the five real seeds."""
    output = tmp_path_factory.mktemp("real")
    run_offline("run", "--seeds", shared("seeds"), "--output", output)
    return output
