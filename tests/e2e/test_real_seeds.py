"""The five real seeds: three reports of one interview, and two other stories."""

import duckdb
import polars as pl
from datasets import load_dataset

HAN = r"\p{Han}"


def by_seed(output):
    return {row["path"][:3]: row for row in pl.read_parquet(output / "articles.parquet").to_dicts()}


def test_all_five_are_understood(real):
    found = by_seed(real)
    assert {seed: row["lang"] for seed, row in found.items()} == {
        "000": "id",
        "001": "id",
        "002": "vi",
        "003": "zh-Hans",
        "004": "zh-Hant",
    }
    assert {row["status"] for row in found.values()} == {"ok"}


def test_the_interview_is_one_story_and_the_others_stand_alone(real):
    story = {seed: row["story_id"] for seed, row in by_seed(real).items()}
    assert story["000"] == story["002"] == story["003"]
    assert len({story["000"], story["001"], story["004"]}) == 3


def test_the_english_is_there_and_is_english(real):
    sentences = pl.read_parquet(real / "sentences.parquet").filter(pl.col("english") != "")
    assert sentences.height >= 700
    assert sentences["english"].str.contains(HAN).mean() < 0.02


def test_versions_are_linked(real):
    assert pl.read_parquet(real / "alignments.parquet").height >= 15


def test_the_corpus_holds_both_kinds_and_loads_everywhere(real, tmp_path):
    corpus = real / "corpus"
    by_datasets = load_dataset(str(corpus), cache_dir=str(tmp_path))
    by_polars = pl.read_parquet(corpus / "*.parquet")
    by_duckdb = duckdb.sql(f"SELECT kind, count(*) FROM '{corpus}/*.parquet' GROUP BY kind").fetchall()
    assert {kind for kind, _ in by_duckdb} == {"mt", "mined"}
    assert sum(len(split) for split in by_datasets.values()) == by_polars.height == sum(n for _, n in by_duckdb)


def test_no_loop_and_no_copy_passes_unflagged(real):
    sentences = pl.read_parquet(real / "sentences.parquet").filter(pl.col("model") != "")
    loops = sentences.filter(pl.col("english").map_elements(is_loop, return_dtype=pl.Boolean))
    assert loops.filter(~pl.col("flags").list.contains("repetition")).height == 0
    copies = sentences.filter((pl.col("english") == pl.col("source")) & pl.col("source").str.contains(r"\p{L}"))
    assert copies.filter(~pl.col("flags").list.contains("copied")).height == 0
    assert sentences.filter((pl.col("english") == "") & ~pl.col("flags").list.contains("empty")).height == 0


def is_loop(text):
    """Say whether some run of one to four words is said three times in a row."""
    words = text.lower().split()
    return any(
        words[i : i + n] == words[i + n : i + 2 * n] == words[i + 2 * n : i + 3 * n]
        for n in (1, 2, 3, 4)
        for i in range(len(words) - 3 * n + 1)
    )
