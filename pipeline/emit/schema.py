"""Every table that a run writes: its columns, their types and its key."""

from dataclasses import dataclass

import polars as pl
from polars._typing import SchemaDict

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Table:
    """A Parquet table; its rows are sorted by `key`, and no two that share it differ.

    `spread` says how many columns, texts that the key begins with, tell enough rows apart to sort these bit by bit.
    """

    name: str
    schema: SchemaDict
    key: tuple[str, ...]
    spread: int = 1


ARTICLES = Table(
    "articles",
    {
        "article_id": pl.String(),
        "path": pl.String(),
        "sha256": pl.String(),
        "n_bytes": pl.Int64(),
        "encoding": pl.String(),
        "lang": pl.String(),
        "lang_confidence": pl.Float64(),
        "title": pl.String(),
        "title_en": pl.String(),
        "byline": pl.String(),
        "source": pl.String(),
        "published": pl.String(),
        "story_id": pl.String(),
        "n_blocks": pl.Int32(),
        "n_kept": pl.Int32(),
        "n_sentences": pl.Int32(),
        "status": pl.String(),
        "reason": pl.String(),
    },
    ("article_id", "path"),
)

BLOCKS = Table(
    "blocks",
    {
        "article_id": pl.String(),
        "block_id": pl.Int32(),
        "line_start": pl.Int32(),
        "line_end": pl.Int32(),
        "char_start": pl.Int64(),
        "char_end": pl.Int64(),
        "text_raw": pl.String(),
        "text": pl.String(),
        "kind": pl.String(),
        "keep": pl.Boolean(),
        "label": pl.String(),
        "rule": pl.String(),
        "repairs": pl.List(pl.String()),
        "lang": pl.String(),
    },
    ("article_id", "block_id"),
)

SENTENCES = Table(
    "sentences",
    {
        "article_id": pl.String(),
        "block_id": pl.Int32(),
        "sent_id": pl.Int32(),
        "source": pl.String(),
        "english": pl.String(),
        "score": pl.Float64(),
        "flags": pl.List(pl.String()),
        "model": pl.String(),
    },
    ("article_id", "block_id", "sent_id"),
)

EVIDENCE = pl.Struct(
    {
        "encoder": pl.Float64(),
        "nearest": pl.Float64(),
        "pivot": pl.Float64(),
        "names": pl.Float64(),
        "numbers": pl.Float64(),
        "dates": pl.Float64(),
        "length": pl.Float64(),
        "position": pl.Float64(),
        "regime": pl.String(),
    }
)

ALIGNMENTS = Table(
    "alignments",
    {
        "story_id": pl.String(),
        "article_a": pl.String(),
        "article_b": pl.String(),
        "lang_a": pl.String(),
        "lang_b": pl.String(),
        "blocks_a": pl.List(pl.Int32()),
        "blocks_b": pl.List(pl.Int32()),
        "text_a": pl.String(),
        "text_b": pl.String(),
        "english_a": pl.String(),
        "english_b": pl.String(),
        "score": pl.Float64(),
        "evidence": EVIDENCE,
        "group_id": pl.Int32(),
    },
    ("story_id", "article_a", "article_b", "blocks_a", "blocks_b"),
)

MEMBER = pl.Struct(
    {
        "article_id": pl.String(),
        "lang": pl.String(),
        "blocks": pl.List(pl.Int32()),
        "text": pl.String(),
        "english": pl.String(),
    }
)

GROUPS = Table(
    "groups",
    {
        "story_id": pl.String(),
        "group_id": pl.Int32(),
        "regime": pl.String(),
        "members": pl.List(MEMBER),
        "score": pl.Float64(),
        "agreement": pl.Float64(),
    },
    ("story_id", "group_id"),
)

CORPUS = Table(
    "corpus",
    {
        "id": pl.String(),
        "kind": pl.String(),
        "src_lang": pl.String(),
        "tgt_lang": pl.String(),
        "src": pl.String(),
        "tgt": pl.String(),
        "score": pl.Float64(),
        "flags": pl.List(pl.String()),
        "story_id": pl.String(),
        "article_ids": pl.List(pl.String()),
        "block_ids": pl.List(pl.List(pl.Int32())),
    },
    ("id",),
)

DROPPED = Table(
    "dropped",
    {**CORPUS.schema, "reason": pl.String()},
    ("reason", "id", "article_ids", "block_ids", "score", "flags"),
    spread=2,
)

CANDIDATES = Table("candidates", {**CORPUS.schema, "row": pl.UInt32()}, ("id", "row"))
"""Pairs before they are deduplicated, numbered as they came; never written."""
