"""The sections that count: the run at a glance, the corpus, the languages, the seeds left out."""

import polars as pl

from pipeline.emit.splits import SPLITS
from pipeline.report.html import LINE_BREAK, Content, Html, join, more, sample, table, tag, words
from pipeline.report.tables import Tables

MOST_ROWS = 200


def glance(tables: Tables) -> Html:
    """Return the run in a row of numbers."""
    articles = tables.articles.select(
        articles=pl.len(),
        languages=pl.col("lang").n_unique(),
        stories=pl.col("story_id").n_unique(),
        sentences=pl.col("n_sentences").sum(),
        kept=pl.col("n_kept").sum(),
        blocks=pl.col("n_blocks").sum(),
    )
    (row,) = articles.collect().iter_rows(named=True)
    facts: list[tuple[str, Content]] = [
        ("articles", row["articles"]),
        ("quarantined seeds", len(tables.quarantine)),
        ("languages", row["languages"]),
        ("stories", row["stories"]),
        ("blocks kept", row["kept"]),
        ("blocks removed", row["blocks"] - row["kept"]),
        ("sentences", row["sentences"]),
        ("aligned passages", _count(tables.alignments)),
        ("groups of passages", _count(tables.groups)),
        ("corpus rows", _count(tables.corpus)),
    ]
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in facts), class_="glance")


def _count(frame: pl.LazyFrame) -> int:
    total: int = frame.select(pl.len()).collect().item()
    return total


def corpus(tables: Tables) -> Html:
    """Return how many pairs each split holds, and why others were left out."""
    by = ["kind", "src_lang", "tgt_lang"]
    columns = [pl.col("split").eq(name).sum().alias(name) for name in SPLITS]
    counts = tables.corpus.group_by(by).agg(*columns, mean=_mean("score")).sort(by).collect()
    lost = tables.dropped.group_by("kind", "reason", maintain_order=True).agg(
        pairs=pl.len(), **{side: pl.col(side).first() for side in ("src", "tgt", "src_lang", "tgt_lang")}
    )
    reasons = lost.sort("kind", "pairs", "reason", descending=[False, True, False]).collect()
    return join(
        [
            table(["kind", "from", "to", *SPLITS, "mean score"], counts.iter_rows()),
            tag("h3", "Left out"),
            table(
                ["kind", "reason", "pairs", "for example"],
                (
                    (kind, reason, n, join([sample(src, src_lang), LINE_BREAK, sample(tgt, tgt_lang)]))
                    for kind, reason, n, src, tgt, src_lang, tgt_lang in reasons.iter_rows()
                ),
            ),
        ]
    )


def _mean(column: str) -> pl.Expr:
    """Return a mean that does not depend on the order of summation: of whole millionths."""
    return (pl.col(column) * 1_000_000).round().cast(pl.Int64).sum() / pl.len() / 1_000_000


def languages(tables: Tables) -> Html:
    """Return a row a language: articles, blocks, sentences, how the translator fared."""
    own = tables.articles.filter(pl.col("status") != "duplicate")
    articles = own.group_by("lang").agg(
        articles=pl.len(),
        untranslated=pl.col("status").eq("untranslated").sum(),
        kept=pl.col("n_kept").sum(),
        removed=(pl.col("n_blocks") - pl.col("n_kept")).sum(),
    )
    sentences = (
        tables.sentences.join(own.select("article_id", "lang"), on="article_id")
        .group_by("lang")
        .agg(
            sentences=pl.len(),
            flagged=pl.col("flags").list.len().gt(0).sum() * 100 / pl.len(),
            score=_mean("score"),
        )
    )
    rows = articles.join(sentences, on="lang", how="left").sort("lang").collect()
    headings = [
        "language",
        "articles",
        "untranslated",
        "blocks kept",
        "removed",
        "sentences",
        "flagged, %",
        "mean score",
    ]
    return table(headings, rows.iter_rows())


def articles(tables: Tables) -> Html:
    """Return a row an article, the ones that need attention first."""
    rows = tables.articles.sort(pl.col("status").eq("ok"), "path").head(MOST_ROWS).collect()
    total = _count(tables.articles)
    cells = (
        (
            row["path"],
            row["lang"],
            join([words(row["title"], row["lang"]), LINE_BREAK, tag("small", words(row["title_en"], "en"))]),
            row["published"],
            row["source"],
            row["n_kept"],
            row["n_blocks"] - row["n_kept"],
            join([row["status"], LINE_BREAK, tag("small", row["reason"])]),
        )
        for row in rows.iter_rows(named=True)
    )
    headings = ["seed", "language", "title", "published", "source", "kept", "removed", "status"]
    return join([table(headings, cells), more(len(rows), total, "articles")])


def quarantine(tables: Tables) -> Html:
    """Return the seeds that could not be read."""
    shown = tables.quarantine[:MOST_ROWS]
    rows = ((row.path, row.code, row.reason, row.n_bytes) for row in shown)
    return join([table(["seed", "code", "reason", "bytes"], rows), more(len(shown), len(tables.quarantine), "seeds")])
