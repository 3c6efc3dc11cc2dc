"""Whatever goes down comes back sorted, whole, and as often as it is asked for."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.emit import spool
from pipeline.emit.parquet import Rows
from pipeline.emit.schema import Table

TABLE = Table("things", {"reason": pl.String(), "name": pl.String(), "n": pl.Int64()}, ("reason", "name", "n"), 2)
WORDS = st.text(st.sampled_from("ab\u00e9\u6e2f\U0001f6a2 "), max_size=4)
THINGS = st.lists(st.tuples(WORDS, WORDS, st.integers(0, 3)), max_size=40)


@settings(deadline=None, max_examples=60)
@given(THINGS, st.sampled_from([1, 100, 10_000]))
def test_rows_come_back_sorted(tmp_path_factory, things, held):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "SPILL_BYTES", held)
        patch.setattr("pipeline.emit.parquet.CHUNK_ROWS", 3)
        rows = Rows(TABLE, tmp_path_factory.mktemp("spool"))
        rows.extend(things)
        for _ in range(2):
            assert [row for batch in rows.batches() for row in batch.iter_rows()] == sorted(things)


def test_rows_may_come_after_a_reading(tmp_path):
    rows = Rows(TABLE, tmp_path)
    for n in (2, 1):
        rows.extend([("", "", n)])
        list(rows.batches())
    assert pl.concat(rows.batches())["n"].to_list() == [1, 2]


def test_a_reading_holds_one_bucket(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "BATCH_BYTES", 1)
    rows = Rows(TABLE, tmp_path)
    rows.extend([("", name, n) for n in range(3) for name in ("aaa", "aab", "b")])
    assert [len(batch) for batch in rows.batches()] == [6, 3]


def test_a_bucket_takes_the_room_of_its_own_rows(tmp_path):
    """Rows cut out of a frame may drag all texts of that frame behind them: 256 buckets, each as large as the whole."""
    table = Table("things", {"name": pl.String(), "texts": pl.List(pl.String())}, ("name",))
    rows = Rows(table, tmp_path)
    texts = [f"a text that is different each time, {n}" for n in range(4_000)]
    rows.extend([(f"{n:04x}"[::-1], [text]) for n, text in enumerate(texts)])
    assert sum(len(batch) for batch in rows.batches()) == len(texts)
    assert (tmp_path / "things").stat().st_size < 4 * sum(map(len, texts))
