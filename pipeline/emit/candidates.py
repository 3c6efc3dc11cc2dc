"""The pairs that passed the filters: their texts on the disk, and in memory what decides which of them stay."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.emit.pairs import Pair
from pipeline.emit.parquet import CHUNK_ROWS, Row, Rows
from pipeline.emit.schema import CANDIDATES
from pipeline.emit.text import fold

SIDES = ("src", "tgt")
FACTS = {
    "row": pl.UInt32(),
    "id": pl.UInt64(),
    "kind": pl.Enum(("mined", "mt")),
    "src_lang": pl.Categorical(),
    "tgt_lang": pl.Categorical(),
    "score": pl.Float64(),
    "story_id": pl.Categorical(),
    "articles": pl.Categorical(),
    "blocks": pl.Binary(),
    "src_key": pl.UInt64(),
    "tgt_key": pl.UInt64(),
}
"""What is held of a pair: blocks as `_place` writes them, texts by their `_key`."""

Chosen = npt.NDArray[np.bool_]


class Candidates:
    """Pairs by the number of their row."""

    def __init__(self, folder: Path) -> None:
        self._rows = Rows(CANDIDATES, folder)
        self._fresh: list[Row] = []
        self._facts = [pl.DataFrame(schema=FACTS)]
        self._n = 0

    def extend(self, pairs: Iterable[Pair]) -> None:
        """Take up pairs."""
        for pair in pairs:
            self._rows.extend([(*pair.row(), self._n)])
            self._fresh.append((self._n, *_facts(pair)))
            self._n += 1
            if len(self._fresh) >= CHUNK_ROWS:
                self._pack()

    def facts(self) -> pl.DataFrame:
        """Return the facts of all pairs, in the order of their rows."""
        self._pack()
        self._facts = [pl.concat(self._facts).rechunk()]
        return self._facts[0]

    def batches(self) -> Iterator[pl.DataFrame]:
        """Yield the rows of `candidates`, sorted by id, some at a time."""
        return self._rows.batches()

    def texts(self, facts: pl.DataFrame) -> Iterator[tuple[int, str]]:
        """Yield the distinct texts of both sides of some of the pairs, with their keys."""
        keys = {side: self.facts()[f"{side}_key"].to_numpy() for side in SIDES}
        wanted = self._first(facts)
        for batch in self.batches():
            rows = batch["row"].to_numpy()
            for side in SIDES:
                chosen = wanted[side][rows]
                yield from zip(keys[side][rows[chosen]].tolist(), batch[side].filter(chosen), strict=True)

    def chosen(self, facts: pl.DataFrame) -> Chosen:
        """Return for each row whether it is among these."""
        chosen = np.zeros(self._n, dtype=np.bool_)
        chosen[facts["row"].to_numpy()] = True
        return chosen

    def _first(self, facts: pl.DataFrame) -> dict[str, Chosen]:
        """Choose, of each text in these pairs, one place where it stands."""
        places = pl.concat(facts.select("row", key=f"{side}_key", side=pl.lit(side)) for side in SIDES)
        first = places.unique("key", keep="any")
        return {side: self.chosen(first.filter(pl.col("side") == side)) for side in SIDES}

    def _pack(self) -> None:
        self._facts.append(pl.DataFrame(self._fresh, schema=FACTS, orient="row"))
        self._fresh.clear()


def _facts(pair: Pair) -> Row:
    return (
        int(pair.id, 16),
        pair.kind,
        pair.src_lang,
        pair.tgt_lang,
        pair.score,
        pair.story_id,
        "\0".join(pair.article_ids),
        b"".join(_place(blocks) for blocks in pair.block_ids),
        _key(pair.src),
        _key(pair.tgt),
    )


def _place(blocks: Iterable[int]) -> bytes:
    """Write block numbers so that the bytes sort as the numbers do: each above nothing, and nothing at the end."""
    return b"".join((block + 1).to_bytes(4, "big") for block in blocks) + bytes(4)


def _key(text: str) -> int:
    """Return a hash that is equal for texts that differ in case or punctuation alone."""
    return int.from_bytes(hashlib.blake2b(fold(text).encode(), digest_size=8).digest(), "big")
