"""The sections that show: removed lines, repaired text, flagged translations, aligned stories."""

import polars as pl

from pipeline.align.why import reasons_of_row
from pipeline.report.html import LINE_BREAK, Html, join, more, sample, table, tag, words
from pipeline.report.tables import Tables

MOST_SAMPLES = 3
MOST_STORIES = 20
MOST_BEADS = 40


def debris(tables: Tables) -> Html:
    """Return what was removed, by label and rule, with samples."""
    removed = tables.blocks.filter(~pl.col("keep"))
    rows = (
        removed.group_by("label", "rule")
        .agg(pl.len(), pl.col("text_raw").unique().sort().head(MOST_SAMPLES))
        .sort("len", "label", "rule", descending=[True, False, False], nulls_last=True)
        .collect()
    )
    cells = ((label, rule, n, _list(texts)) for label, rule, n, texts in rows.iter_rows())
    return table(["label", "rule", "blocks", "for example"], cells)


def repairs(tables: Tables) -> Html:
    """Return what was mended in the text, with a block before and after."""
    rows = (
        tables.blocks.explode("repairs")
        .filter(pl.col("repairs").is_not_null())
        .sort("article_id", "block_id")
        .group_by("repairs", maintain_order=True)
        .agg(pl.len(), pl.col("text_raw").first(), pl.col("text").first(), pl.col("lang").first())
        .sort("len", "repairs", descending=[True, False])
        .collect()
    )
    cells = ((name, n, sample(before, lang), sample(after, lang)) for name, n, before, after, lang in rows.iter_rows())
    return table(["repair", "blocks", "before", "after"], cells)


def flags(tables: Tables) -> Html:
    """Return what the translator's guard noticed, by flag, the worst sentences as samples."""
    rows = (
        tables.sentences.explode("flags")
        .filter(pl.col("flags").is_not_null())
        .sort("score", "article_id", "block_id", "sent_id")
        .group_by("flags", maintain_order=True)
        .agg(pl.len(), pl.col("source").head(MOST_SAMPLES), pl.col("english").head(MOST_SAMPLES))
        .sort("len", "flags", descending=[True, False])
        .collect()
    )
    cells = ((flag, n, _pairs(sources, english)) for flag, n, sources, english in rows.iter_rows())
    return table(["flag", "sentences", "worst by score"], cells)


def stories(tables: Tables) -> Html:
    """Return the stories of which passages were aligned, those with most of them first, side by side."""
    counts = tables.alignments.group_by("story_id").len().sort("len", "story_id", descending=[True, False]).collect()
    best = counts.head(MOST_STORIES).iter_rows()
    shown = [_story(tables, story_id, n, first=rank == 0) for rank, (story_id, n) in enumerate(best)]
    if not shown:
        return tag("p", "No two versions of one story share a passage.", class_="faint")
    return join([*shown, more(len(shown), len(counts), "stories")])


def _story(tables: Tables, story_id: str, total: int, *, first: bool) -> Html:
    versions = tables.articles.filter(pl.col("story_id") == story_id, pl.col("status") != "duplicate")
    told = versions.sort("path").select("path", "lang", "title", "title_en").collect()
    beads = tables.alignments.filter(pl.col("story_id") == story_id)
    groups = tables.groups.filter(pl.col("story_id") == story_id).select(pl.len()).collect().item()
    numbers = f"{len(told)} versions, {total:,} aligned passages in {groups:,} groups"
    best = beads.sort("article_a", "article_b", "blocks_a", "blocks_b").head(MOST_BEADS).collect()
    title = next((title for title in told["title_en"] if title), story_id)
    listed = (
        tag("li", f"{lang} ", words(name, lang), tag("small", f" {path}")) for path, lang, name, _ in told.iter_rows()
    )
    rows = (
        (
            _side(row["text_a"], row["english_a"], row["lang_a"]),
            _side(row["text_b"], row["english_b"], row["lang_b"]),
            row["score"],
            "cut" if row["group_id"] is None else row["group_id"],
            join([row["evidence"]["regime"], tag("ul", *(tag("li", reason) for reason in reasons_of_row(row)))]),
        )
        for row in best.iter_rows(named=True)
    )
    return tag(
        "details",
        tag(
            "summary",
            title,
            " ",
            tag("small", numbers),
        ),
        tag("ul", *listed),
        table(["one version", "another", "score", "group", "why"], rows),
        more(len(best), total, "passages"),
        open="" if first else None,
    )


def _side(text: str, english: str, lang: str) -> Html:
    own = join([tag("small", lang, class_="lang"), " ", sample(text, lang)])
    return own if english == text else join([own, LINE_BREAK, tag("small", sample(english, "en"))])


def _pairs(sources: list[str], english: list[str]) -> Html:
    items = (
        tag("li", sample(source), LINE_BREAK, tag("small", sample(target, "en")))
        for source, target in zip(sources, english, strict=True)
    )
    return tag("ul", *items)


def _list(texts: list[str]) -> Html:
    return tag("ul", *(tag("li", sample(text)) for text in texts))
