"""The corpus opens in the tools that people use, without a network."""

from dataclasses import replace

import datasets
import duckdb
import polars as pl
import pytest

from pipeline.config import EmitConfig
from pipeline.emit.card import _size
from tests.emit.factories import emit, harbour_and_library, many_stories


@pytest.fixture(autouse=True)
def _offline(monkeypatch, tmp_path):
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


def load(folder):
    return datasets.load_dataset(str(folder / "corpus"))


def test_datasets_loads_three_splits(emitted):
    loaded = load(emitted)
    assert set(loaded) == {"train", "validation", "test"}
    assert loaded["train"].column_names == pl.read_parquet_schema(next(emitted.glob("corpus/train-*"))).names()
    row = next(row for row in loaded["train"] if row["kind"] == "mined")
    assert len(row["article_ids"]) == len(row["block_ids"]) == 2


def test_polars_and_duckdb_read_the_same_rows(emitted):
    files = str(emitted / "corpus" / "*.parquet")
    ids = pl.scan_parquet(files).select("id").collect()["id"]
    assert {row[0] for row in duckdb.read_parquet(files).select("id").fetchall()} == set(ids)
    assert sum(part.num_rows for part in load(emitted).values()) == len(ids)


def test_two_stories_make_one_split_and_still_load(tmp_path):
    emit(*harbour_and_library(), "sig", EmitConfig(), tmp_path)
    loaded = load(tmp_path)
    assert set(loaded) == {"train"}
    assert set(loaded["train"]["kind"]) == {"mt", "mined"}


def test_a_split_emptied_by_its_twins_has_no_file(tmp_path):
    same = [article for article in many_stories(1) for _ in range(3)]
    emit([_moved(article, number) for number, article in enumerate(same)], [], "sig", EmitConfig(), tmp_path)
    assert set(load(tmp_path)) == {"test"}


def _moved(article, number):
    return replace(article, article_id=f"{number:016}", story_id=f"s{number}")


def test_the_card_counts_what_is_there_and_what_is_not(emitted):
    card = (emitted / "corpus" / "README.md").read_text(encoding="utf-8")
    assert "| train | mined | id | vi | 3 |" in card
    assert "| mt | flagged:no_model | 1 |" in card
    assert "Signature: `pipeline:0|config:test`" in card
    assert "$" not in card


@pytest.mark.parametrize(("rows", "size"), [(0, "n<1K"), (1000, "1K<n<10K"), (9_999_999, "1M<n<10M"), (10**7, "n>10M")])
def test_sizes_are_named_as_on_the_hub(rows, size):
    assert _size(rows) == size
