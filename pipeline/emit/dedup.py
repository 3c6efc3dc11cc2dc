"""Remove repeated pairs, and whatever would let a model see in training what it is tested on."""

import hashlib
from collections.abc import Iterator

import polars as pl

from pipeline.emit.copies import Originals
from pipeline.emit.parquet import Rows
from pipeline.emit.text import fold

KEYS = ("src_key", "tgt_key")


def with_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `row`, a number, and `src_key` and `tgt_key`: equal for texts that differ in case or punctuation alone."""
    keys = [pl.Series(f"{side}_key", [_key(text) for text in frame[side]], dtype=pl.UInt64) for side in ("src", "tgt")]
    return frame.with_columns(keys).with_row_index("row")


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(fold(text).encode(), digest_size=8).digest(), "big")


def drop_duplicates(frame: pl.DataFrame, dropped: Rows) -> pl.DataFrame:
    """Keep one of the pairs that say the same in the same languages: a human one before the best machine one."""
    same = ["src_lang", "tgt_lang", *KEYS]
    ties = ["id", "story_id", "article_ids", "block_ids"]
    ranked = frame.sort(*same, "kind", -pl.col("score"), *ties)
    return _remembered(frame, ranked.unique(same, keep="first", maintain_order=True), "duplicate", dropped)


def drop_leaks(frame: pl.DataFrame, held_out: pl.DataFrame, threshold: float, dropped: Rows) -> pl.DataFrame:
    """Keep the pairs of which neither side is, or nearly is, a text of either side of the held-out pairs."""
    without_leaks = _remembered(frame, _without(frame, texts(held_out)), "leak", dropped)
    originals = Originals((text for _, text in texts(held_out).iter_rows()), threshold)
    copies = list(_copies(without_leaks, originals))
    copied = pl.DataFrame({"key": copies}, schema={"key": pl.UInt64})
    return _remembered(without_leaks, _without(without_leaks, copied), "near_duplicate", dropped)


def texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the distinct texts of both sides as `key` and `text`."""
    sides = [frame.select(key=f"{side}_key", text=side) for side in ("src", "tgt")]
    return pl.concat(sides).unique("key", keep="first", maintain_order=True)


def _copies(frame: pl.DataFrame, originals: Originals) -> Iterator[int]:
    return (key for key, text in texts(frame).iter_rows() if originals.has_copy(text))


def _without(frame: pl.DataFrame, taken: pl.DataFrame) -> pl.DataFrame:
    for side in KEYS:
        frame = frame.join(taken, left_on=side, right_on="key", how="anti")
    return frame


def _remembered(before: pl.DataFrame, after: pl.DataFrame, reason: str, dropped: Rows) -> pl.DataFrame:
    """Return `after`, once the pairs that it lacks are put with the dropped."""
    dropped.absorb(before.join(after, on="row", how="anti").with_columns(reason=pl.lit(reason)))
    return after
