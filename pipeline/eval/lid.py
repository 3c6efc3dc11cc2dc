"""Score language identification: paragraphs alone, lines of seeds alone, whole articles."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import IdentifyConfig, NormaliseConfig
from pipeline.eval.files import find_article, read_seed
from pipeline.eval.score import Score
from pipeline.identify import detect, identify
from pipeline.normalise import normalise


@dataclass(frozen=True, slots=True)
class Judged:
    """One text of a gold set: its language and the one we gave it."""

    name: str
    bucket: str
    gold: str
    predicted: str


def evaluate(gold: Path, seeds: Path = Path("seeds")) -> list[Score]:
    """Return `lid.all` and its parts, `lid.seeds` and `lid.articles`, for the sets that are there.

    The texts of `lid/articles_dev.tsv` are looked for in `gold/align_multi/txt_dev`, then in `seeds`.
    """
    scores = _paragraph_scores(judge_texts(gold / "lid" / "dev.jsonl"))
    for name, judged in (
        ("seeds", judge_texts(gold / "lid" / "seeds.jsonl")),
        ("articles", judge_articles(gold, seeds)),
    ):
        if judged:
            scores.append(Score(f"lid.{name}", _accuracy(judged), len(judged)))
    return scores


def judge_texts(path: Path) -> list[Judged]:
    """Identify every text of a JSONL file (`id, lang, bucket, text`) without context; empty when there is no file."""
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Judged(row["id"], row["bucket"], row["lang"], detect(row["text"]).lang) for row in rows]


def judge_articles(gold: Path, seeds: Path) -> list[Judged]:
    """Identify every article that `lid/articles_dev.tsv` names (`name, lang`); empty when there is no such file."""
    table = gold / "lid" / "articles_dev.tsv"
    if not table.exists():
        return []
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    return [Judged(name, "article", lang, _identify_file(find_article(name, gold, seeds))) for name, lang in rows]


def confusion(judged: list[Judged]) -> list[tuple[str, str, int]]:
    """Return the confusion matrix as (gold, predicted, count), by gold language, then by count."""
    cells = Counter((item.gold, item.predicted) for item in judged)
    return sorted(
        ((gold, predicted, n) for (gold, predicted), n in cells.items()), key=lambda row: (row[0], -row[2], row[1])
    )


def macro_f1(judged: list[Judged]) -> float:
    """Return the mean over the gold languages of F1 = 2 × right / (texts of it + texts called it)."""
    golds = Counter(item.gold for item in judged)
    called = Counter(item.predicted for item in judged)
    right = Counter(item.gold for item in judged if item.gold == item.predicted)
    return sum(2 * right[lang] / (golds[lang] + called[lang]) for lang in golds) / len(golds)


def _paragraph_scores(judged: list[Judged]) -> list[Score]:
    if not judged:
        return []
    scores = [Score("lid.all", _accuracy(judged), len(judged)), Score("lid.macro_f1", macro_f1(judged), len(judged))]
    for lang in sorted({item.gold for item in judged}):
        own = [item for item in judged if item.gold == lang]
        scores.append(Score(f"lid.{lang}", _accuracy(own), len(own)))
    for bucket in ("tiny", "short", "mid", "long"):
        own = [item for item in judged if item.bucket == bucket]
        if own:
            scores.append(Score(f"lid.{bucket}", _accuracy(own), len(own)))
    return scores


def _accuracy(judged: list[Judged]) -> float:
    return sum(item.gold == item.predicted for item in judged) / len(judged)


def _identify_file(path: Path) -> str:
    return identify(normalise(read_seed(path), NormaliseConfig()), None, IdentifyConfig()).lang
