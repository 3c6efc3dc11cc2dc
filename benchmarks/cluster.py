"""Measure what a run on Ray costs where it can win little: on this one machine, with as many processes.

    python benchmarks/cluster.py [ARTICLES]

Runs over made-up articles (those of `runner.py`) with the model and the encoder that ship, from nothing: as it is and
with `--engine ray`, in turns, ROUNDS times. Prints the seconds of every stage, and whether the bytes are the same.
"""

import json
import random
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from runner import EVERY, Newsroom

ROUNDS = 2


def main() -> None:
    """Print a line for each run."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    newsroom = Newsroom(random.Random(n))  # noqa: S311 - a benchmark
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        for number in range(n):
            (folder / "seeds" / f"{number:05}.txt").write_text(newsroom.article(version=number % EVERY == EVERY - 1))
        digests = {measure(folder, engine, k) for k in range(ROUNDS) for engine in ("local", "ray")}
        print("the same bytes" if len(digests) == 1 else "other bytes")


def measure(folder: Path, engine: str, number: int) -> str:
    """Run once from nothing; return a digest of all tables."""
    output = folder / f"{engine}{number}"
    command = [sys.executable, "-m", "pipeline", "run", "--seeds", folder / "seeds", "--output", output]
    started = time.perf_counter()
    subprocess.run([*command, "--engine", engine], check=True, capture_output=True)
    whole = time.perf_counter() - started
    stages = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["run"]
    print(engine, f"{whole:.1f} s:", *(f"{name} {stage['seconds']:.1f}" for name, stage in stages.items()), flush=True)
    tables = sorted(output.rglob("*.parquet"))
    return sha256(b"".join(table.read_bytes() for table in tables)).hexdigest()


if __name__ == "__main__":
    main()
