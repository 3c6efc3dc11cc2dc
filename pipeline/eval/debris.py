"""Score the cleaner on lines labelled keep or debris: the real seeds, whole web pages, articles with lines mixed in.

Line and token F1 are of the kept lines, micro-averaged on seeds and articles and averaged over pages on the web, as
`../shared/gold/score_debris.py` has them.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from pipeline.clean.model import PageModel, load_model
from pipeline.clean.stage import clean_all
from pipeline.config import CleanConfig, NormaliseConfig
from pipeline.eval.score import Score
from pipeline.normalise import normalise
from pipeline.records import Block, Seed

_TOKEN = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One gold line: `label` is keep, debris or ignore; `kind` what sort of debris, where the gold says."""

    text: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One gold page."""

    name: str
    lang: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the cleaner did with a page: the 1-based lines it kept, and a label for each line it removed."""

    page: Page
    kept: frozenset[int]
    labels: dict[int, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """True and false positives and negatives, keep being positive."""

    tp: float = 0
    fp: float = 0
    fn: float = 0
    tn: float = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.tn + other.tn)

    @property
    def f1(self) -> float:
        """Return F1 of the kept."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the story that is kept."""
        return self.tp / (self.tp + self.fn) if self.tp else 0.0

    @property
    def debris_f1(self) -> float:
        """Return F1 of the removed."""
        return 2 * self.tn / (2 * self.tn + self.fp + self.fn) if self.tn else 0.0


def evaluate(gold: Path, seeds: Path | None = None) -> list[Score]:
    """Return `debris.*` for the gold sets that are there; `seeds` is the folder of the files that the gold names.

    The seeds' gold is skipped when its files are not in `seeds` or beside the gold.
    """
    scores: list[Score] = []
    if pages := read_seeds(gold, seeds):
        judged = judge_all(pages, load_model())
        total = sum((count(v) for v in judged), Counts())
        n = sum(len(page.lines) for page in pages)
        scores += [Score("debris.seeds.f1", total.debris_f1, n), Score("debris.seeds.keep_recall", total.recall, n)]
    if pages := read_multi(gold):
        total = sum(map(count, judge_all(pages, load_model())), Counts())
        scores.append(Score("debris.multi.keep_f1", total.f1, sum(len(page.lines) for page in pages)))
    for name, judged in judge_web(gold).items():
        scores.append(Score(f"debris.{name}.line_f1", fmean(count(v).f1 for v in judged), len(judged)))
        scores.append(Score(f"debris.{name}.token_f1", fmean(count(v, weigh_tokens).f1 for v in judged), len(judged)))
    return scores


def judge(page: Page, model: PageModel) -> Verdicts:
    """Clean a gold page as a run does; a line that lies in any kept block counts as kept."""
    return judge_all([page], model)[0]


def judge_all(pages: Sequence[Page], model: PageModel) -> list[Verdicts]:
    """Clean gold pages together, which changes nothing but the time it takes."""
    cleaned = clean_all(map(_blocks, pages), CleanConfig(), model)
    return [_verdicts(page, article.blocks) for page, article in zip(pages, cleaned, strict=True)]


def _blocks(page: Page) -> tuple[Block, ...]:
    text = "\n".join(line.text for line in page.lines)
    return normalise(Seed("", "", len(text), "utf-8", text), NormaliseConfig())


def _verdicts(page: Page, blocks: Iterable[Block]) -> Verdicts:
    kept: set[int] = set()
    labels: dict[int, str] = {}
    for block in blocks:
        if block.keep:
            kept.update(_lines(block))
        else:
            labels.update(dict.fromkeys(_lines(block), block.label or ""))
    return Verdicts(page, frozenset(kept), labels)


def _lines(block: Block) -> Iterable[int]:
    return range(block.line_start, block.line_end + 1)


def judge_web(gold: Path) -> dict[str, list[Verdicts]]:
    """Judge the web pages, `web` whole and `near` cut."""
    return {name: judge_all(pages, load_model()) for name, pages in read_web(gold).items()}


def read_web(gold: Path) -> dict[str, list[Page]]:
    """Read the web pages (`{page, lang, lines: [[text, label, …], …]}` a row), without their empty lines."""
    paths = {name: gold / "debris_web" / f"{stem}.jsonl" for name, stem in (("near", "near_dev"), ("web", "dev"))}
    return {name: [_web_page(row) for row in _rows(path)] for name, path in paths.items() if path.exists()}


def _web_page(row: dict[str, object]) -> Page:
    lines = row["lines"]
    assert isinstance(lines, list)  # noqa: S101  # the format of the file
    texts = [(str(line[0]).strip(), str(line[1])) for line in lines]
    return Page(str(row["page"]), str(row["lang"]), tuple(Line(text, label) for text, label in texts if text))


def read_multi(gold: Path) -> list[Page]:
    """Read the articles with lines mixed in; titles are not scored."""
    path = gold / "align_multi" / "versions_dev.jsonl"
    return [_multi_page(row) for row in _rows(path)] if path.exists() else []


def _multi_page(row: dict[str, object]) -> Page:
    labels = {"dirty": "debris", "title": "ignore"}
    lines = row["lines"]
    assert isinstance(lines, list)  # noqa: S101  # the format of the file
    return Page(
        str(row["file"]),
        str(row["lang"]),
        tuple(Line(x["text"], labels.get(x["kind"], "keep"), x.get("dirt") or "") for x in lines),
    )


def read_seeds(gold: Path, seeds: Path | None) -> list[Page]:
    """Read the labelled seeds; lines without a label and doubtful ones are not scored."""
    path = gold / "debris_seeds" / "seeds.jsonl"
    if not path.exists():
        return []
    labels: dict[str, dict[int, tuple[str, str]]] = {}
    for row in _rows(path):
        label = "ignore" if row.get("borderline") else str(row["label"])
        labels.setdefault(str(row["doc"]), {})[int(str(row["line_no"]))] = (label, str(row["kind"]))
    pages = [_seed_page(doc, lines, (seeds, gold.parent / "seeds")) for doc, lines in labels.items()]
    return [page for page in pages if page]


def _seed_page(doc: str, labels: dict[int, tuple[str, str]], folders: Iterable[Path | None]) -> Page | None:
    found = [path for folder in folders if folder for path in sorted(folder.glob(f"{doc}*")) if path.is_file()]
    if not found:
        return None
    from pipeline.config import IngestConfig
    from pipeline.ingest import Ingested, read_articles

    article = read_articles(found[0].read_bytes(), found[0].name, IngestConfig())[0]
    if not isinstance(article, Ingested):
        return None
    texts = article.seed.text.split("\n")
    lines = (Line(text, *labels.get(number, ("ignore", ""))) for number, text in enumerate(texts, 1))
    return Page(doc, "", tuple(lines))


def _rows(path: Path) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def count(verdicts: Verdicts, weigh: Callable[[str], float] = lambda _: 1) -> Counts:
    """Count a page's lines, each as heavy as `weigh` says; lines without a letter or digit are not scored."""
    cells = {(True, True): 0.0, (False, True): 0.0, (True, False): 0.0, (False, False): 0.0}
    for number, line in enumerate(verdicts.page.lines, 1):
        if line.label != "ignore" and _is_written(line.text):
            cells[line.label == "keep", number in verdicts.kept] += weigh(line.text)
    return Counts(cells[True, True], cells[False, True], cells[True, False], cells[False, False])


def weigh_tokens(text: str) -> float:
    """Return the number of words, single characters counting as words in scripts without spaces."""
    return max(1, len(_TOKEN.findall(text)))


def _is_written(text: str) -> bool:
    return any(unicodedata.category(c)[0] in "LNM" for c in unicodedata.normalize("NFKC", text))
