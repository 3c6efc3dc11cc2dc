"""Measure a run over many small articles: time in full, with nothing and with one article changed, and peak memory.

Below each row stand the seconds of the stages that look across articles, in full and with one article changed.

    python benchmarks/runner.py [articles …]

News of a few topics: articles of one topic share words, every article has names of its own, and every fifth is another
version of the one before it: half of its sentences, in another order, among some of its own. The model is the tiny
dictionary of `tests/packs.py`, so that translation costs little and what is measured is the flow around it; the encoder
is the lexical one.
"""

import json
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
TOPICS, TOPIC_WORDS, OWN_WORDS, NAMES = 40, 60, 12, 6
PARAGRAPHS, SENTENCES, LENGTH = 5, 2, 12
EVERY = 5
MEASURED = """
import resource, runpy, sys
sys.argv[0] = "pipeline"
try:
    runpy.run_module("pipeline", run_name="__main__")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""

Sentences = list[str]


def main() -> None:
    """Print a Markdown table."""
    print("| articles | full run, s | nothing changed, s | one changed, s | peak in full, MiB | of one changed, MiB |")
    print("|---:|---:|---:|---:|---:|---:|")
    for n in [int(number) for number in sys.argv[1:]] or [500, 1_000, 2_000, 4_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(n, Path(folder))


def measure(n: int, folder: Path) -> None:
    """Print the row of one number of articles."""
    build_pack(folder / "models" / "tiny-mul_en-1_0")
    (folder / "settings.toml").write_text(CONFIG)
    (folder / "seeds").mkdir()
    newsroom = Newsroom(random.Random(n))  # noqa: S311 - a benchmark
    for number in range(n):
        (folder / "seeds" / f"{number:05}.txt").write_text(newsroom.article(version=number % EVERY == EVERY - 1))
    full, peak = run(folder)
    stages = seconds(folder)
    nothing, _ = run(folder)
    (folder / "seeds" / "00000.txt").write_text(newsroom.article(version=False))
    one, peak_of_one = run(folder)
    shares = f"{nothing:.1f} ({nothing / full:.1%}) | {one:.1f} ({one / full:.1%})"
    print(f"| {n} | {full:.1f} | {shares} | {peak:.0f} | {peak_of_one:.0f} |")
    print(
        *(f"{stage} {stages[stage]:.1f} → {after:.1f}" for stage, after in seconds(folder).items()),
        sep=", ",
        flush=True,
    )


class Newsroom:
    """Makes up news in the sounds of Indonesian, with a few words of the dictionary."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.topics = [self.words(TOPIC_WORDS) for _ in range(TOPICS)]
        self.common = [word for word in WORDS if word.isascii()]
        self.vocabulary: list[str] = []
        self.told: Sentences = []

    def article(self, *, version: bool) -> str:
        """Return a new story, or the last one told anew."""
        n = PARAGRAPHS * SENTENCES
        if version:
            kept = self.chance.sample(self.told, n // 2)
            sentences = [*kept, *(self.sentence() for _ in range(n - len(kept)))]
            self.chance.shuffle(sentences)
        else:
            names = [word.capitalize() for word in self.words(NAMES)]
            topic = self.chance.sample(self.chance.choice(self.topics), TOPIC_WORDS // 2)
            self.vocabulary = [*names, *self.words(OWN_WORDS), *topic, *self.common]
            sentences = [self.sentence() for _ in range(n)]
        self.told = sentences
        paragraphs = [" ".join(sentences[i : i + SENTENCES]) for i in range(0, n, SENTENCES)]
        return "\n\n".join([" ".join(self.chance.choices(self.vocabulary, k=6)), *paragraphs]) + "\n"

    def sentence(self) -> str:
        """Put words and a number together."""
        words = self.chance.choices(self.vocabulary, k=LENGTH)
        return f"{words[0].capitalize()} {' '.join(words[1:])} {self.chance.randrange(1000)}."

    def words(self, n: int) -> list[str]:
        """Make up words."""
        return ["".join(self.chance.choices(SYLLABLES, k=3)) for _ in range(n)]


def run(folder: Path) -> tuple[float, float]:
    """Return the seconds and the peak memory in MiB of a run in a process of its own."""
    options = [f"--{name}={folder / name}" for name in ("seeds", "output", "models")]
    command = [sys.executable, "-c", MEASURED, "run", *options, f"--config={folder / 'settings.toml'}", "--jobs=1"]
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return time.monotonic() - started, int(done.stderr.split()[-1]) / 1024


def seconds(folder: Path) -> dict[str, float]:
    """Return how long the stages that look across articles took in the last run."""
    stages = json.loads((folder / "output" / "manifest.json").read_text())["run"]
    return {stage: stages[stage]["seconds"] for stage in ("group", "align", "emit")}


if __name__ == "__main__":
    main()
