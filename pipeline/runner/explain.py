"""`pipeline explain`: one article's life, read back from the tables of the last run."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.align.why import reasons_of_row
from pipeline.emit.parquet import reading
from pipeline.emit.quarantine import read_quarantine
from pipeline.errors import PipelineError
from pipeline.identify.scripts import count_scripts
from pipeline.records import LanguageVote

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Life:
    """An article as its tables tell it; rows are keyed by the names of their columns.

    `why` says in words, for each of `links`, what speaks for it and against it. `groups` are those it is a member of.
    """

    article: Row
    blocks: tuple[Row, ...]
    sentences: tuple[Row, ...]
    links: tuple[Row, ...]
    why: tuple[tuple[str, ...], ...]
    groups: tuple[Row, ...]
    votes: tuple[LanguageVote, ...]


def explain(output: Path, article: str) -> Life:
    """Return the life of the article whose id or path is, or starts with, this name.

    Raises PipelineError when no run has written the output folder, or none or several articles answer to the name.
    """
    with reading(output):
        return _life(output, _find(output, article))


def _life(output: Path, row: Row) -> Life:
    own = pl.col("article_id") == row["article_id"]
    blocks = _read(output, "blocks").filter(own).sort("block_id").collect().to_dicts()
    sentences = _read(output, "sentences").filter(own).sort("block_id", "sent_id").collect().to_dicts()
    linked = (pl.col("article_a") == row["article_id"]) | (pl.col("article_b") == row["article_id"])
    links = _read(output, "alignments").filter(linked).sort("article_a", "article_b", "blocks_a").collect().to_dicts()
    member = pl.col("members").list.eval(pl.element().struct.field("article_id") == row["article_id"]).list.any()
    groups = _read(output, "groups").filter(member).sort("story_id", "group_id").collect().to_dicts()
    why = tuple(map(reasons_of_row, links))
    return Life(row, tuple(blocks), tuple(sentences), tuple(links), why, tuple(groups), _votes(blocks))


def _read(output: Path, table: str) -> pl.LazyFrame:
    path = output / f"{table}.parquet"
    if not path.exists():
        raise PipelineError(f"{output} holds no {table}.parquet; run `pipeline run --output {output}` first")
    return pl.scan_parquet(path)


def _find(output: Path, name: str) -> Row:
    articles = _read(output, "articles")
    named = pl.col("article_id").str.starts_with(name) | pl.col("path").str.starts_with(name)
    rows: list[Row] = articles.filter(named).sort(pl.col("status") == "duplicate", "path").collect().to_dicts()
    exact = [row for row in rows if name in {row["article_id"], row["path"]}]
    found = [row for row in exact or rows if row["status"] != "duplicate"] or exact or rows
    if not found:
        raise PipelineError(_refusal(output, name))
    if len(found) > 1:
        names = ", ".join(f"{row['article_id']} ({row['path']})" for row in found[:5])
        raise PipelineError(f"'{name}' may be any of {len(found)} articles: {names} …; give more of it")
    return found[0]


def _refusal(output: Path, name: str) -> str:
    """Say why a seed is no article, or that nothing goes by this name."""
    refused = next((row for row in read_quarantine(output) if name and row.path.startswith(name)), None)
    if refused:
        return f"{refused.path} is no article, it was quarantined ({refused.code}): {refused.reason}"
    return f"no article '{name}' in the last run; article ids and paths stand in articles.parquet"


def _votes(blocks: list[Row]) -> tuple[LanguageVote, ...]:
    """Count again, as `identify` did, how many letters speak for each language."""
    letters: Counter[str] = Counter()
    for block in blocks:
        letters[block["lang"]] += count_scripts(block["text"]).total() if block["keep"] else 0
    ordered = sorted(letters.items(), key=lambda vote: (-vote[1], vote[0]))
    return tuple(LanguageVote(lang, n) for lang, n in ordered if n)
