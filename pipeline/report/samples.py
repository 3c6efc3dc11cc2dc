"""The sections that show: removed lines, repaired text, flagged translations, aligned stories."""

import polars as pl

from pipeline.align.why import reasons_of_row
from pipeline.report.html import LINE_BREAK, Html, join, more, sample, table, tag, words
from pipeline.report.tables import Tables, in_parts

MOST_SAMPLES = 3
MOST_STORIES = 20
MOST_BEADS = 40


def debris(tables: Tables) -> Html:
    """Return what was removed, by label and rule, with samples."""
    told = (pl.len(), pl.col("text_raw").unique().sort().head(MOST_SAMPLES))
    removed = (
        part.filter(~pl.col("keep")).group_by("label", "rule").agg(*told)
        for part in in_parts(tables.blocks, "keep", "label", "rule", "text_raw")
    )
    rows = (
        pl.concat(removed)
        .group_by("label", "rule")
        .agg(pl.col("len").sum(), pl.col("text_raw").explode().unique().sort().head(MOST_SAMPLES))
        .sort("len", "label", "rule", descending=[True, False, False], nulls_last=True)
    )
    cells = ((label, rule, n, _list(texts)) for label, rule, n, texts in rows.iter_rows())
    return table(["label", "rule", "blocks", "for example"], cells)


def repairs(tables: Tables) -> Html:
    """Return what was mended in the text, with a block before and after."""
    shown = [pl.col(name).first() for name in ("text_raw", "text", "lang")]
    mended = (
        part.explode("repairs").drop_nulls("repairs").group_by("repairs", maintain_order=True).agg(pl.len(), *shown)
        for part in in_parts(tables.blocks, "repairs", "text_raw", "text", "lang")
    )
    rows = (
        pl.concat(mended)
        .group_by("repairs", maintain_order=True)
        .agg(pl.col("len").sum(), *shown)
        .sort("len", "repairs", descending=[True, False])
    )
    cells = ((name, n, sample(before, lang), sample(after, lang)) for name, n, before, after, lang in rows.iter_rows())
    return table(["repair", "blocks", "before", "after"], cells)


def flags(tables: Tables) -> Html:
    """Return what the translator's guard noticed, by flag, the worst sentences as samples."""
    order = ("score", "article_id", "block_id", "sent_id")
    worst = pl.struct(*order, "source", "english").head(MOST_SAMPLES).alias("worst")
    noticed = (
        part.explode("flags").drop_nulls("flags").sort(order).group_by("flags").agg(pl.len(), worst)
        for part in in_parts(tables.sentences, "flags", *order, "source", "english")
    )
    found = pl.concat(noticed)
    counts = found.group_by("flags").agg(pl.col("len").sum())
    samples = found.select("flags", "worst").explode("worst").unnest("worst").sort(order)
    shown = samples.group_by("flags", maintain_order=True).agg(pl.col("source", "english").head(MOST_SAMPLES))
    rows = counts.join(shown, on="flags").sort("len", "flags", descending=[True, False])
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
