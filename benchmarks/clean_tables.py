"""The tables of docs/cleaning.md: `python benchmarks/clean_tables.py [GOLD [SEEDS]]` (about a minute).

All are judged by the weights that ship, which are fitted on none of these pages.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from statistics import fmean
from unittest.mock import patch

from pipeline.clean.lexicon import read
from pipeline.clean.model import load_model
from pipeline.eval.debris import (
    Counts,
    Line,
    Page,
    Verdicts,
    count,
    judge,
    judge_all,
    read_multi,
    read_seeds,
    read_web,
    weigh_tokens,
)

LENGTHS = (1, 3, 8, 12, 20, 40)

# What the gold calls the kinds that we name otherwise.
SAME = {"nav": "navigation", "byline": "metadata"}


def main() -> None:
    """Print the tables as Markdown."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold")
    seeds = Path(sys.argv[2]) if len(sys.argv) > 2 else gold.parent / "seeds"  # noqa: PLR2004
    for name, pages in read_web(gold).items():
        print(f"\n{name}: page means, line F1 / token F1\n")
        print("| language | pages | as it ships | without the language's lexicon |\n|---|---|---|---|")
        judged, without = judge_all(pages, load_model()), _without_lexicon(pages)
        for lang in sorted({page.lang for page in pages}):
            ours, bare = ([v for v in some if v.page.lang == lang] for some in (judged, without))
            print(f"| {lang} | {len(ours)} | {_means(ours)} | {_means(bare)} |")
        print(f"| all | {len(judged)} | {_means(judged)} | {_means(without)} |")
    articles = [judge(page, load_model()) for page in [*read_seeds(gold, seeds), *read_multi(gold)]]
    _print_kinds(articles)
    _print_clean(gold, seeds)


def _without_lexicon(pages: list[Page]) -> list[Verdicts]:
    """Judge each page without the lexicons of its language, in whatever script."""
    names = [path.name for path in files("pipeline.clean").joinpath("lexicons").iterdir()]
    judged = []
    for lang in {page.lang.split("-")[0] for page in pages}:
        others = read(sorted(name for name in names if name.removesuffix(".toml").split("-")[0] != lang))
        with patch("pipeline.clean.evidence.load", lambda others=others: others):
            judged += judge_all([page for page in pages if page.lang.split("-")[0] == lang], load_model())
    return judged


def _means(judged: list[Verdicts]) -> str:
    return f"{fmean(count(v).f1 for v in judged):.3f} / {fmean(count(v, weigh_tokens).f1 for v in judged):.3f}"


def _print_kinds(judged: Iterable[Verdicts]) -> None:
    removed: dict[str, Counter[str]] = defaultdict(Counter)
    total = Counts()
    for verdicts in judged:
        total += count(verdicts)
        for number, line in enumerate(verdicts.page.lines, 1):
            if line.label == "debris":
                label = verdicts.labels.get(number, "kept")
                removed[line.kind]["right" if label == SAME.get(line.kind, line.kind) else label] += 1
    print(f"\nseeds and articles: {total}\n")
    print("| kind | lines | removed | same label | other labels |\n|---|---|---|---|---|")
    for kind, labels in sorted(removed.items()):
        lines, kept = labels.total(), labels["kept"]
        others = ", ".join(f"{label} {n}" for label, n in labels.most_common() if label not in ("right", "kept"))
        print(f"| {kind} | {lines} | {lines - kept} | {labels['right']} | {others} |")


def _stories(gold: Path, seeds: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield kept lines, which are all story, by where they come from."""
    for path in sorted((gold / "mt").glob("flores.*")):
        yield path.name, [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    for page in [*read_seeds(gold, seeds), *read_multi(gold)]:
        yield "seeds and articles", [line.text for line in page.lines if line.label == "keep"]
    for web in read_web(gold)["near"]:
        yield "web", [line.text for line in web.lines if line.label == "keep" and any(c.isalnum() for c in line.text)]


def _print_clean(gold: Path, seeds: Path) -> None:
    """Shuffle lines that are all story into articles of 1 to 40 lines and count what goes."""
    pools: dict[str, list[str]] = defaultdict(list)
    for name, lines in _stories(gold, seeds):
        pools[name] += lines
    print("\n| clean articles made of | lines | dropped |\n|---|---|---|")
    for name, lines in pools.items():
        chance = random.Random(name)  # noqa: S311  # variety, not secrecy
        chance.shuffle(lines)
        dropped = at = 0
        while at < len(lines):
            article = tuple(Line(text, "keep") for text in lines[at : at + chance.choice(LENGTHS)])
            at += len(article)
            dropped += len(set(range(1, len(article) + 1)) - judge(Page("", "", article), load_model()).kept)
        print(f"| {name} | {len(lines)} | {dropped} |")


if __name__ == "__main__":
    main()
