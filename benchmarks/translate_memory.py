"""Measure the peak memory of translation for ever more articles, each size in a process of its own.

    PYTHONPATH=. python benchmarks/translate_memory.py [--articles 200 400 800 1600]

Pools, memory and store are those of a run; the model is the tests' dictionary, so that what grows is ours, not its
arithmetic. All sentences differ.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.config import TranslateConfig
from pipeline.runner.state import State
from pipeline.runner.translation import POOL, StoredMemory
from pipeline.store import ModelStore
from pipeline.translate import Translator
from tests.packs import WORDS, build_pack

SENTENCES = 60  # an article


def main() -> None:
    """Print one row a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[200, 400, 800, 1600])
    args = parser.parse_args()
    print("| articles | sentences | peak memory, MiB |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        build_pack(Path(folder) / "dict-id_en-1_0", from_codes=["id"])
        for articles in args.articles:
            with multiprocessing.get_context("spawn").Pool(1) as process:
                peak = process.apply(translate, (Path(folder), articles))
            print(f"| {articles} | {articles * SENTENCES} | {peak:.0f} |", flush=True)


def translate(models: Path, articles: int) -> float:
    """Translate that many articles, a pool at a time, and return this process's peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder, State.open(Path(folder)) as state:
        translator = Translator(ModelStore(models), TranslateConfig(), StoredMemory(state.memory))
        sentences = ((sentence, "id") for sentence in write(articles * SENTENCES))
        while pool := list(islice(sentences, POOL)):
            translator.translate(pool)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(sentences: int) -> Iterator[str]:
    """Yield sentences of the dictionary's words, numbered so that no two are alike."""
    chance = random.Random(1)  # noqa: S311 - the same text every time
    words = [word for word in WORDS if word.isascii()]
    for number in range(sentences):
        yield f"{' '.join(chance.choices(words, k=chance.randint(4, 24)))} {number}."


if __name__ == "__main__":
    main()
