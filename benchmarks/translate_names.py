"""Learn which Indonesian words are no names; measure what knowing names does to the English.

    python benchmarks/translate_names.py --learn DATA     # a folder with id.tsv.xz: source, English, origin
    python benchmarks/translate_names.py [--gold GOLD] [--models MODELS] [--lines N]

The second prints, for each language of FLORES and the lines in which a name is found, with the finder and without
(Latin tokens like `iPhone`, and any in Chinese, are names in both): how many names the reference holds too, how many of
these the English says, how many of the others, chrF and BLEU, and the seconds of processor time.

A word is ordinary, and goes on the list, if the English beside it lacks it more often than a share NOT_COPIED of the
times that it stands with a capital within a sentence, or if it is frequent without a capital and not seen to be copied.
"""

import argparse
import lzma
import re
import time
from collections import Counter
from pathlib import Path

from pipeline.config import TranslateConfig
from pipeline.eval.mt import load_metrics, read_lines
from pipeline.store import ModelStore
from pipeline.translate import DictMemory, Translator, protect
from pipeline.translate.names import find_names
from pipeline.translate.names.latin import find_latin

LIST = Path(__file__).parents[1] / "pipeline/translate/data/ordinary_id.txt"
HEAD = (
    "# Indonesian words that, written with a capital, have an English of their own (benchmarks/translate_names.py).\n"
)
LANGUAGES = ("id", "vi", "zh-Hans", "zh-Hant")
NOT_COPIED, SEEN, FREQUENT = 0.4, 2, 30
CAPITAL = re.compile(r"(?<![\w'’.-])[A-Z][a-z][\w'’]*(?:-[A-Z][\w'’]*)*")
OPENS = ('"', "“", ".", "?", "!", ":", "-", "(")


def main() -> None:
    """Learn, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learn", type=Path, metavar="DATA")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--lines", type=int, default=1012)
    options = parser.parse_args()
    if options.learn:
        words = learn(options.learn / "id.tsv.xz")
        LIST.write_text(HEAD + "\n".join(words) + "\n", encoding="utf-8")
        print(f"{len(words)} words in {LIST}")
        return
    for lang in LANGUAGES:
        measure(lang, options.gold / "mt", options.models, options.lines)


def learn(pairs: Path) -> list[str]:
    """Return the ordinary words of parallel text, in order."""
    seen: Counter[str] = Counter()
    copied: Counter[str] = Counter()
    small: Counter[str] = Counter()
    with lzma.open(pairs, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, english, *_ = line.rstrip("\n").split("\t")
            said = set(re.findall(r"[\w'’]+(?:-[\w'’]+)*", english.lower()))
            small.update(word.lower() for word in re.findall(r"[a-z][\w'’]+", source))
            for m in CAPITAL.finditer(source):
                if m.start() and source[max(0, m.start() - 2) : m.start()].strip() not in OPENS:
                    word = m[0].lower()
                    seen[word] += 1
                    copied[word] += word in said or f"{word}s" in said
    lost = {word for word, n in seen.items() if n >= SEEN and copied[word] < (1 - NOT_COPIED) * n}
    kept = {word for word, n in seen.items() if n >= SEEN} - lost
    frequent = {word for word, n in small.items() if n >= FREQUENT}
    return sorted(word for word in lost | (frequent - kept) if word.isascii() and word.isalpha())


def measure(lang: str, gold: Path, models: Path, n: int) -> None:
    """Print a line without the finder and one with it."""
    rows = zip(read_lines(gold / f"flores.{lang}", n), read_lines(gold / "flores.en", n), strict=True)
    found = [(source, english, protect.names(source, lang)) for source, english in rows]
    found = [row for row in found if row[2]]
    metrics = load_metrics()
    chinese = lang.startswith("zh")
    for name, finder in (("without", lambda source, _: find_latin(source, chinese=chinese)), ("with", find_names)):
        protect.find_names = finder
        started = time.process_time()
        translator = Translator(ModelStore(models), TranslateConfig(), DictMemory())
        said = [hypothesis.english for hypothesis in translator.translate([(row[0], lang) for row in found])]
        seconds = time.process_time() - started
        spans = [
            (protect.holds(span, row[1]), protect.holds(span, out))
            for row, out in zip(found, said, strict=True)
            for span in row[2]
        ]
        right = [out for reference, out in spans if reference]
        others = [out for reference, out in spans if not reference]
        chrf, bleu = (score.value for score in metrics.score(said, [row[1] for row in found], lang))
        print(f"{lang} {name}: {len(found)} lines; the reference holds {len(right)} names and {sum(right)}", end=" ")
        print(
            f"are said, of {len(others)} others {sum(others)}; chrF {chrf:.2f}, BLEU {bleu:.2f}; {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
