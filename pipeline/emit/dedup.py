"""Remove repeated pairs, and whatever would let a model see in training what it is tested on."""

import hashlib
from collections.abc import Iterator

import polars as pl

from pipeline.emit.copies import Originals
from pipeline.emit.filters import Drops
from pipeline.emit.text import fold

KEYS = ("src_key", "tgt_key")


def with_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `src_key` and `tgt_key`: equal for texts that differ in case, spaces or punctuation alone."""
    keys = [pl.Series(f"{side}_key", [_key(text) for text in frame[side]], dtype=pl.UInt64) for side in ("src", "tgt")]
    return frame.with_columns(keys)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(fold(text).encode(), digest_size=8).digest(), "big")


def drop_duplicates(frame: pl.DataFrame, drops: Drops) -> pl.DataFrame:
    """Keep one of the pairs that say the same in the same languages: a human one before the best machine one."""
    same = ["src_lang", "tgt_lang", *KEYS]
    ties = ["id", "story_id", "article_ids", "block_ids"]
    ranked = frame.sort(*same, "kind", -pl.col("score"), *ties)
    return counted(frame, ranked.unique(same, keep="first", maintain_order=True), "duplicate", drops)


def drop_leaks(frame: pl.DataFrame, held_out: pl.DataFrame, threshold: float, drops: Drops) -> pl.DataFrame:
    """Keep the pairs of which neither side is, or nearly is, a text of either side of the held-out pairs."""
    without_leaks = counted(frame, _without(frame, texts(held_out)), "leak", drops)
    originals = Originals((text for _, text in texts(held_out).iter_rows()), threshold)
    copies = list(_copies(without_leaks, originals))
    copied = pl.DataFrame({"key": copies}, schema={"key": pl.UInt64})
    return counted(without_leaks, _without(without_leaks, copied), "near_duplicate", drops)


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


def counted(before: pl.DataFrame, after: pl.DataFrame, reason: str, drops: Drops) -> pl.DataFrame:
    """Return `after`, once the pairs that it lacks are counted."""
    left = dict(after.group_by("kind").len().iter_rows())
    for kind, n in before.group_by("kind").len().iter_rows():
        drops.add(kind, reason, n - left.get(kind, 0))
    return after
