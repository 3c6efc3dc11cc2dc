"""Measure a run over many small articles: time in full, with nothing and with one article changed, and peak memory.

    python benchmarks/runner.py [articles …]

Every tenth article is another version of the one before it, the others have words of their own. The model is the tiny
dictionary of `tests/packs.py`, so that translation costs little and what is measured is the flow around it; the encoder
is the lexical one.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.packs import WORDS, build_pack  # noqa: E402

CONFIG = '[group]\nencoder = "lexical"\n[align]\nencoder = "lexical"\n[translate]\nthreads = 1\n'
SYLLABLES = [consonant + vowel for consonant in "bcdgjklmnprst" for vowel in "aiueo"]
PARAGRAPHS, SENTENCES, LENGTH = 4, 2, 12
EVERY = 10
MEASURED = """
import resource, runpy, sys
sys.argv[0] = "pipeline"
try:
    runpy.run_module("pipeline", run_name="__main__")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def main() -> None:
    """Print a Markdown table."""
    print("| articles | full run, s | nothing changed, s | one article changed, s | peak memory, MiB |")
    print("|---:|---:|---:|---:|---:|")
    for n in [int(number) for number in sys.argv[1:]] or [500, 2_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(n, Path(folder))


def measure(n: int, folder: Path) -> None:
    """Print the row of one number of articles."""
    build_pack(folder / "models" / "tiny-mul_en-1_0")
    (folder / "settings.toml").write_text(CONFIG)
    (folder / "seeds").mkdir()
    chance = random.Random(n)  # noqa: S311 - a benchmark
    text = ""
    for number in range(n):
        text = f"{text}\n{sentence(list(WORDS), chance)}\n" if number % EVERY == EVERY - 1 else article(chance)
        (folder / "seeds" / f"{number:05}.txt").write_text(text)
    full, peak = run(folder)
    nothing, _ = run(folder)
    (folder / "seeds" / "00000.txt").write_text(article(chance))
    one, _ = run(folder)
    print(f"| {n} | {full:.1f} | {nothing:.1f} ({nothing / full:.1%}) | {one:.1f} ({one / full:.1%}) | {peak:.0f} |")


def article(chance: random.Random) -> str:
    """Make up an article in the sounds of Indonesian: a few words of the dictionary among words of its own."""
    own = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(40)]
    words = own + [word for word in WORDS if word.isascii()][:12]
    paragraphs = (" ".join(sentence(words, chance) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS))
    return "\n\n".join([" ".join(chance.choices(own, k=6)).capitalize(), *paragraphs]) + "\n"


def sentence(words: list[str], chance: random.Random) -> str:
    """Put words and a number together."""
    return f"{' '.join(chance.choices(words, k=LENGTH)).capitalize()} {chance.randrange(1000)}."


def run(folder: Path) -> tuple[float, float]:
    """Return the seconds and the peak memory in MiB of a run in a process of its own."""
    options = [f"--{name}={folder / name}" for name in ("seeds", "output", "models")]
    command = [sys.executable, "-c", MEASURED, "run", *options, f"--config={folder / 'settings.toml'}", "--jobs=1"]
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return time.monotonic() - started, int(done.stderr.split()[-1]) / 1024


if __name__ == "__main__":
    main()
