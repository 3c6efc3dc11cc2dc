"""The main job on what the repository ships: two stories of ours in eight seeds."""

import csv
from collections import defaultdict

import duckdb
import polars as pl
from datasets import load_dataset

from tests.e2e.conftest import ROOT, run_offline

GOLD = ROOT / "tests" / "gold"


def gold(name):
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


def articles(output):
    return {row["path"]: row for row in pl.read_parquet(output / "articles.parquet").to_dicts()}


def test_every_seed_is_understood(shipped):
    found = articles(shipped)
    assert {name: found[name]["lang"] for name, _ in gold("lid/articles_dev.tsv")} == dict(gold("lid/articles_dev.tsv"))
    assert {row["status"] for row in found.values()} == {"ok"}
    assert (shipped / "quarantine.jsonl").read_text() == ""


def test_the_two_stories_are_told_apart(shipped):
    stories = defaultdict(set)
    for name, row in articles(shipped).items():
        stories[row["story_id"]].add(name)
    expected = defaultdict(set)
    for name, story, *_ in gold("grouping/dev_full.tsv"):
        if name != "file":
            expected[story].add(name)
    assert sorted(map(sorted, stories.values())) == sorted(map(sorted, expected.values()))


def test_legacy_encoding_and_mojibake_are_repaired(shipped):
    encodings = set(pl.read_parquet(shipped / "articles.parquet")["encoding"])
    assert encodings - {"utf-8", "utf-8-sig"}
    repairs = pl.read_parquet(shipped / "blocks.parquet")["repairs"].explode().unique()
    assert "mojibake" in set(repairs)


def test_a_second_run_has_nothing_to_do(shipped):
    assert "already up to date" in run_offline("run", "--output", shipped)


def test_three_libraries_read_the_same_corpus(shipped, tmp_path):
    corpus = shipped / "corpus"
    by_datasets = load_dataset(str(corpus), cache_dir=str(tmp_path))
    by_polars = pl.read_parquet(corpus / "*.parquet")
    by_duckdb = duckdb.sql(f"SELECT * FROM '{corpus}/*.parquet'").pl()
    assert sum(len(split) for split in by_datasets.values()) == by_polars.height == by_duckdb.height
    assert set(by_polars["kind"]) == {"mt", "mined"}
    assert set(by_polars.columns) == set(by_duckdb.columns) == set(next(iter(by_datasets.values())).column_names)
