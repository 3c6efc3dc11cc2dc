"""Remove repeated pairs, and whatever would let a model see in training what it is tested on."""

import polars as pl

from pipeline.emit.candidates import SIDES, Candidates
from pipeline.emit.copies import Originals

_SAME = ("src_lang", "tgt_lang", "src_key", "tgt_key")
_TIES = ("id", "story_id", "articles", "blocks")


class Sieve:
    """Takes the facts of pairs and returns those of the pairs that stay; `lost` has the rows of others, and why."""

    def __init__(self, candidates: Candidates, threshold: float) -> None:
        self._candidates = candidates
        self._threshold = threshold
        self.lost = pl.DataFrame(schema={"row": pl.UInt32(), "reason": pl.String()})

    def without_duplicates(self, facts: pl.DataFrame) -> pl.DataFrame:
        """Keep one of the pairs that say the same in the same languages: a human one before the best machine one."""
        ranked = facts.sort(*_SAME, "kind", -pl.col("score"), *_TIES)
        return self._remember(facts, ranked.unique(_SAME, keep="first", maintain_order=True), "duplicate")

    def without_leaks(self, facts: pl.DataFrame, held_out: pl.DataFrame) -> pl.DataFrame:
        """Keep the pairs of which neither side is, or nearly is, a text of either side of the held-out pairs."""
        keys = pl.concat(held_out.select(key=f"{side}_key") for side in SIDES)
        apart = self._remember(facts, _without(facts, keys), "leak")
        if held_out.is_empty():
            return apart
        originals = Originals((text for _, text in self._candidates.texts(held_out)), self._threshold)
        copies = [key for key, text in self._candidates.texts(apart) if originals.has_copy(text)]
        copied = pl.DataFrame({"key": copies}, schema={"key": pl.UInt64})
        return self._remember(apart, _without(apart, copied), "near_duplicate")

    def _remember(self, before: pl.DataFrame, after: pl.DataFrame, reason: str) -> pl.DataFrame:
        lost = before.select("row").join(after.select("row"), on="row", how="anti")
        self.lost = pl.concat([self.lost, lost.with_columns(reason=pl.lit(reason))])
        return after


def _without(facts: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    for side in SIDES:
        facts = facts.join(keys, left_on=f"{side}_key", right_on="key", how="anti")
    return facts
