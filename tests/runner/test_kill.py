"""A run killed at any instant leaves nothing that the next run does not put right."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

from tests.runner.worlds import FERRY_ID, fingerprint

OFFLINE = Path(__file__).parents[1] / "offline"
CONFIG = '[group]\nencoder = "lexical"\n[align]\nencoder = "lexical"\n'
KILLS = 4  # at random moments; test_trouble.py dies before each single rename


def command(world, config, output):
    options = ["--seeds", world.seeds, "--output", output, "--models", world.models, "--config", config, "--jobs", "1"]
    return [sys.executable, "-m", "pipeline", "run", *map(str, options)]


def start(world, config, output):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(OFFLINE), *sys.path])}
    return subprocess.Popen(
        command(world, config, output), env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )


def finish(world, config, output):
    process = start(world, config, output)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()


def test_killed_runs_leave_whole_files_and_the_next_run_the_right_bytes(world, tmp_path):
    world.fill()
    for n in range(15):
        world.write(f"more/{n}.txt", f"{FERRY_ID}\nPada hari ke-{n} kapal membawa {n * 7} orang.\n")
    config = tmp_path / "settings.toml"
    config.write_text(CONFIG)
    started = time.monotonic()
    finish(world, config, tmp_path / "whole")
    length = time.monotonic() - started
    moments = random.Random(os.environ.get("PIPELINE_KILL_SEED", "7"))  # noqa: S311
    for _ in range(KILLS):
        process = start(world, config, world.output)
        time.sleep(length * moments.uniform(0.1, 1.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for table in world.output.glob("*.parquet"):
            pl.read_parquet(table)
    finish(world, config, world.output)
    assert fingerprint(world.output) == fingerprint(tmp_path / "whole")
