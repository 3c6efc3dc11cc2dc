"""Compare language detectors on the open evaluation texts, in one run: accuracy and speed.

    python benchmarks/identify.py ../shared/gold/lid/dev.jsonl

Every detector gets the same texts alone, in the same order; times are processor seconds of the second of two passes, so
that no model is loaded in them. `closed` means restricted to the languages of the set.
"""

import argparse
import json
import platform
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import langdetect  # type: ignore[import-untyped]
from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from pipeline.identify import detect

CLOSED = ("id", "ms", "vi", "zh", "en", "ja", "ko", "th")


def gb2312_or_big5(text: str) -> str:
    """Tell Simplified from Traditional as one would in a line: by which character set lacks fewer characters."""
    lacks = {name: sum(not character.encode(name, "ignore") for character in text) for name in ("gb2312", "big5")}
    return "zh-Hans" if lacks["gb2312"] <= lacks["big5"] else "zh-Hant"


def with_variant(detector: Callable[[str], str]) -> Callable[[str], str]:
    """Return a detector whose bare `zh` becomes a variant."""

    def tell(text: str) -> str:
        lang = detector(text)
        return gb2312_or_big5(text) if lang == "zh" else lang

    return tell


def seeded_langdetect(text: str) -> str:
    """Ask langdetect, whose answers are random unless seeded."""
    try:
        lang: str = langdetect.detect(text)
    except langdetect.LangDetectException:
        return "und"
    return {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}.get(lang, lang)


def langid(languages: tuple[str, ...] | None) -> Callable[[str], str]:
    """Return py3langid over a closed set, or over all it knows."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    return lambda text: str(identifier.classify(text)[0])


def measure(name: str, detector: Callable[[str], str], rows: list[dict[str, str]]) -> str:
    """Return one line of the table."""
    for row in rows:
        detector(row["text"])
    start = time.process_time()
    answers = [detector(row["text"]) for row in rows]
    seconds = time.process_time() - start
    megabytes = sum(len(row["text"].encode()) for row in rows) / 1e6
    right = Counter(row["lang"] for row, answer in zip(rows, answers, strict=True) if row["lang"] == answer)
    total = Counter(row["lang"] for row in rows)
    short = [row["lang"] == answer for row, answer in zip(rows, answers, strict=True) if row["bucket"] == "tiny"]
    cells = [
        sum(right.values()) / len(rows),
        sum(short) / len(short),
        right["id"] / total["id"],
        right["ms"] / total["ms"],
    ]
    return f"| {name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + f" | {megabytes / seconds:.2f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    rows = [json.loads(line) for line in parser.parse_args().gold.read_text(encoding="utf-8").splitlines()]
    langdetect.DetectorFactory.seed = 0
    print(f"{len(rows)} texts, Python {platform.python_version()}\n")
    print("| detector | all | tiny | id | ms | MB/s |\n|---|---|---|---|---|---|")
    print(measure("langdetect, seeded", seeded_langdetect, rows))
    print(measure("py3langid, all languages + variant", with_variant(langid(None)), rows))
    print(measure("py3langid, closed + variant", with_variant(langid(CLOSED)), rows))
    print(measure("pipeline.identify.detect", lambda text: detect(text).lang, rows))


if __name__ == "__main__":
    main()
