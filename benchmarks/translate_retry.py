"""Compare what keeps translations from being flagged: shares flagged before and after the retry, chrF, time.

    python benchmarks/translate_retry.py [--gold ../shared/gold] [--models models] [--output OUTPUT] [--lines 251 450]

The sentences are lines of FLORES in four languages and, with `--output`, those of a run. Rows differ in how many words
are watched for doubles, in how far sources are padded, and in the repetition penalty.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.config import TranslateConfig
from pipeline.eval.mt import LANGUAGES, load_metrics, read_lines
from pipeline.store import ModelStore
from pipeline.translate import DictMemory, Translator, doubles, engine
from pipeline.translate.shares import flagged

Item = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    watched: int = doubles.WORDS
    width: int = engine.WIDTH
    repetition_penalty: float = 1.0


SETTINGS = (
    *(Setting(watched) for watched in (0, 500, doubles.WORDS, 10_000)),
    *(Setting(width=width) for width in (1, 8)),
    *(Setting(repetition_penalty=penalty) for penalty in (1.05, 1.1)),
)


def main() -> None:
    """Print one row a setting."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--output", type=Path)
    parser.add_argument("--lines", type=int, nargs=2, default=[251, 450])
    args = parser.parse_args()
    lines = slice(args.lines[0] - 1, args.lines[1])
    references = read_lines(args.gold / "mt" / "flores.en")[lines]
    flores = [(line, lang) for lang in LANGUAGES for line in read_lines(args.gold / "mt" / f"flores.{lang}")[lines]]
    own = read_run(args.output) if args.output else []
    print("| words watched | padded to | penalty | chrF | FLORES flagged | the run flagged | processor, s |")
    print("|---|---|---|---|---|---|---|")
    for setting in SETTINGS:
        print(row(setting, ModelStore(args.models), flores, references, own), flush=True)


def read_run(output: Path) -> list[Item]:
    """Return the sentences of a run, each in the language of its block."""
    languages = pl.read_parquet(output / "blocks.parquet").select("article_id", "block_id", "lang")
    sentences = pl.read_parquet(output / "sentences.parquet").join(languages, on=["article_id", "block_id"])
    return [(source, lang) for source, lang in sentences.select("source", "lang").iter_rows()]


def row(setting: Setting, store: ModelStore, flores: list[Item], references: Sequence[str], own: list[Item]) -> str:
    """Translate everything one way and say how it went."""
    doubles.WORDS, engine.WIDTH = setting.watched, setting.width
    config = TranslateConfig(repetition_penalty=setting.repetition_penalty)
    translator = Translator(store, config, DictMemory())
    translator.translate([("Halo dunia.", "id")])
    start = time.process_time()
    found = translator.translate(flores)
    mine = translator.translate(own)
    spent = time.process_time() - start
    n = len(references)
    english = [hypothesis.english for hypothesis in found]
    chrf = load_metrics().chrf
    scores = (chrf.corpus_score(english[i : i + n], [list(references)]).score for i in range(0, n * len(LANGUAGES), n))
    shares = [flagged(h.flags for h in each) for each in (found, mine)]
    told = (f"{s.before / s.n:.1%} → {s.after / s.n:.1%}" if s.n else "" for s in shares)
    return (
        f"| {setting.watched} | {setting.width} | {setting.repetition_penalty} | "
        f"{', '.join(f'{score:.1f}' for score in scores)} | {' | '.join(told)} | {spent:.1f} |"
    )


if __name__ == "__main__":
    main()
