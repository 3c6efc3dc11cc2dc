"""Speed of cleaning beside jusText and trafilatura: `python benchmarks/clean.py [GOLD]`.

Text comes from the gold pages (the whole web dumps, the news articles) where there are any, else from the seeds that
ship. jusText and trafilatura read HTML: they get each line as a paragraph. Processor time, one core, best of three; the
tools take turns, so that what else the machine does hits all alike.
"""

import html
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pipeline.clean import clean, clean_all
from pipeline.config import CleanConfig, NormaliseConfig
from pipeline.normalise import normalise
from pipeline.records import Block, Seed

MEGA = 1e6


def as_blocks(text: str) -> tuple[Block, ...]:
    """Return one block a line."""
    lines = [line.strip() for line in text.split("\n")]
    return tuple(Block(i, i + 1, i + 1, 0, len(line), line, line) for i, line in enumerate(lines) if line)


def as_html(text: str) -> str:
    """Return one paragraph a line."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    return f"<html><body>{body}</body></html>"


def best(works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the least processor seconds of three tries of each, taken in turns."""
    tries: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(3):
        for name, work in works.items():
            start = time.process_time()
            work()
            tries[name].append(time.process_time() - start)
    return {name: min(seconds) for name, seconds in tries.items()}


def ours(texts: Iterable[str]) -> dict[str, Callable[[], object]]:
    """Prepare our cleaner: on all pages together, as a run does, and on one after another; and what precedes it."""
    seeds = [Seed("", "", 0, "utf-8", text) for text in texts]
    pages = [as_blocks(seed.text) for seed in seeds]
    return {
        "clean": lambda: list(clean_all(pages, CleanConfig())),
        "clean, one by one": lambda: [clean(page, CleanConfig()) for page in pages],
        "normalise": lambda: [normalise(seed, NormaliseConfig()) for seed in seeds],
    }


def theirs(texts: Iterable[str]) -> dict[str, Callable[[], object]]:
    """Prepare the extractors that read HTML, as far as they are installed."""
    pages = [as_html(text) for text in texts]
    found: dict[str, Callable[[], object]] = {}
    try:
        import justext

        stops = justext.get_stoplist("English")
        found["jusText"] = lambda: [justext.justext(page, stops) for page in pages]
    except ImportError:
        print("jusText is not installed: pip install justext")
    try:
        import trafilatura

        found["trafilatura"] = lambda: [trafilatura.extract(page) for page in pages]
    except ImportError:
        print("trafilatura is not installed: pip install trafilatura")
    return found


def read(folder: Path) -> list[str]:
    """Read the texts of a folder."""
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]


def main() -> None:
    """Print megabytes a second for each set of texts and each tool, and the time for long English pages."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold")
    sets = {
        "web dumps": read(gold / "debris_web" / "txt_dev"),
        "news articles": read(gold / "align_multi" / "txt_dev"),
        "shipped seeds": read(Path("seeds")),
    }
    for name, texts in sets.items():
        if not texts:
            continue
        size = sum(len(text.encode()) for text in texts) / MEGA
        print(f"{name}: {len(texts)} files, {size:.2f} MB")
        for tool, seconds in best({**ours(texts), **theirs(texts)}).items():
            print(f"  {tool:17} {size / seconds:6.1f} MB/s")
    english = [text for text in sets["news articles"] + sets["shipped seeds"] if text.isascii()]
    lines = "\n".join(english).split("\n")
    for n in (2_000, 20_000, 200_000):
        long = "\n".join((lines * (n // len(lines) + 1))[:n])
        seconds = best({"clean": ours([long])["clean"]})["clean"]
        print(f"one page of {n:7} lines: {seconds:6.2f} s, {len(long.encode()) / MEGA / seconds:5.1f} MB/s")


if __name__ == "__main__":
    main()
