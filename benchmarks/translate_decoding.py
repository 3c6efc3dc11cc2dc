"""Compare decoding settings: chrF on FLORES and source words a second, without retry.

    python benchmarks/translate_decoding.py [--gold ../shared/gold] [--models models] [--lines 100]

Chinese source words are counted as characters / 1.6. The speed is that of the machine at that moment: compare rows.
"""

import argparse
import time
from pathlib import Path

from pipeline.config import TranslateConfig
from pipeline.eval.mt import LANGUAGES, load_metrics, read_lines
from pipeline.store import ModelStore
from pipeline.translate import DictMemory, Translator

SETTINGS: tuple[dict[str, float], ...] = (
    {"beam_size": 2},
    {"beam_size": 1},
    {"beam_size": 4},
    {"beam_size": 2, "no_repeat_ngram_size": 0},
    {"beam_size": 2, "no_repeat_ngram_size": 4},
    {"beam_size": 2, "length_penalty": 0.2},
    {"beam_size": 2, "repetition_penalty": 1.1},
)
CHARACTERS_A_WORD = 1.6


def main() -> None:
    """Print one row a setting."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--lines", type=int, default=100)
    args = parser.parse_args()
    sources = {lang: read_lines(args.gold / "mt" / f"flores.{lang}", args.lines) for lang in LANGUAGES}
    references = read_lines(args.gold / "mt" / "flores.en", args.lines)
    store = ModelStore(args.models)
    print("| setting | " + " | ".join(LANGUAGES) + " | words/s |\n|---|---|---|---|---|---|")
    for setting in SETTINGS:
        translator = Translator(store, TranslateConfig.model_validate({"retry": False} | setting), DictMemory())
        translator.translate([("Halo dunia.", "id")])
        start = time.perf_counter()
        found = translator.translate([(line, lang) for lang, lines in sources.items() for line in lines])
        speed = sum(count(lang, lines) for lang, lines in sources.items()) / (time.perf_counter() - start)
        english = [hypothesis.english for hypothesis in found]
        scores = [
            load_metrics().chrf.corpus_score(english[i * args.lines : (i + 1) * args.lines], [references]).score
            for i in range(len(LANGUAGES))
        ]
        name = ", ".join(f"{key}={value}" for key, value in setting.items())
        print(f"| {name} | " + " | ".join(f"{score:.1f}" for score in scores) + f" | {speed:.0f} |", flush=True)


def count(lang: str, lines: list[str]) -> float:
    """Count the words of source lines."""
    if lang.startswith("zh"):
        return sum(map(len, lines)) / CHARACTERS_A_WORD
    return sum(len(line.split()) for line in lines)


if __name__ == "__main__":
    main()
