"""The page about the output says what is written, and its examples run."""

import re
from pathlib import Path

import datasets
import duckdb
import polars as pl
import pytest

from pipeline.emit.filters import FILTERS
from pipeline.emit.schema import ALIGNMENTS, ARTICLES, BLOCKS, CORPUS, DROPPED, GROUPS, MEMBER, SENTENCES

PAGE = (Path(__file__).parents[2] / "docs" / "output.md").read_text(encoding="utf-8")
CARD = (Path(__file__).parents[2] / "pipeline" / "emit" / "card.md").read_text(encoding="utf-8")
SECTIONS = {
    title.strip("`").split(".")[0].rstrip("/"): text
    for title, text in re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE)
}
EXAMPLES = re.findall(r"```(python|sql)\n(.*?)```", PAGE, re.DOTALL)
TYPES = {
    pl.String: "string",
    pl.Int32: "int32",
    pl.Int64: "int64",
    pl.Float64: "double",
    pl.Boolean: "bool",
    pl.Struct: "struct",
}


def named(dtype) -> str:
    return f"list[{named(dtype.inner)}]" if isinstance(dtype, pl.List) else TYPES[type(dtype)]


@pytest.mark.parametrize(
    "table", [ARTICLES, BLOCKS, SENTENCES, ALIGNMENTS, GROUPS, CORPUS], ids=lambda table: table.name
)
def test_every_column_is_described_with_its_type(table):
    rows = re.findall(r"^\| (\w+) \| ([\w\[\]]+) \| ", SECTIONS[table.name], re.MULTILINE)
    assert [row for row in rows if row[0] != "column"] == [(name, named(dtype)) for name, dtype in table.schema.items()]


@pytest.mark.parametrize(
    "table", [ARTICLES, BLOCKS, SENTENCES, ALIGNMENTS, GROUPS, CORPUS, DROPPED], ids=lambda table: table.name
)
def test_the_key_is_the_key(table):
    assert f"Key: {', '.join(table.key)}." in SECTIONS[table.name]


def test_every_part_of_the_evidence_is_named():
    (row,) = re.findall(r"^\| evidence .*$", SECTIONS["alignments"], re.MULTILINE)
    assert all(field.name in row for field in ALIGNMENTS.schema["evidence"].fields)


def test_every_part_of_a_member_is_named():
    (row,) = re.findall(r"^\| members .*$", SECTIONS["groups"], re.MULTILINE)
    assert all(field.name in row for field in MEMBER.fields)


def test_every_filter_has_its_reason_explained():
    reasons = set(re.findall(r"^\| `(\w+)", SECTIONS["dropped"], re.MULTILINE))
    assert reasons == {check.__name__ for check in FILTERS} | {"duplicate", "leak", "near_duplicate"}


def test_the_card_describes_the_columns_of_the_corpus():
    described = re.findall(r"^\| ([\w, ]+) \| (?:string|double|list)", CARD, re.MULTILINE)
    assert [name for names in described for name in names.split(", ")] == list(CORPUS.schema)


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=[language for language, _ in EXAMPLES])
def test_the_examples_run(emitted, tmp_path, monkeypatch, language, code):
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    (tmp_path / "output").symlink_to(emitted)
    monkeypatch.chdir(tmp_path)
    if language == "sql":
        results = [duckdb.sql(statement).fetchall() for statement in code.split(";") if statement.strip()]
        assert all(results)
        return
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 (our own documentation)
    assert all(len(names[name]) for name in ("mined", "removed", "signature", "groups", "pairs") if name in names)


def test_there_is_an_example_for_each_tool():
    code = "\n".join(example for _, example in EXAMPLES)
    assert all(word in code for word in ("import polars", "load_dataset", "SELECT"))
