"""`pipeline detect` names the language of files and of lines, and says what it could not read."""

import json
from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli.app import app

SEEDS = Path(__file__).parents[2] / "seeds"


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, ["detect", *map(str, arguments)], input=stdin)


def test_files():
    result = run(SEEDS / "ferry-vi.txt", SEEDS / "ferry-zh-hans.txt", "--json")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(Path(row["file"]).name, row["lang"]) for row in rows] == [
        ("ferry-vi.txt", "vi"),
        ("ferry-zh-hans.txt", "zh-Hans"),
    ]
    assert all(set(row) == {"file", "lang", "confidence"} and 0 < row["confidence"] <= 1 for row in rows)


def test_lines_of_standard_input_are_judged_alone():
    result = run("-", "--lines", "--json", stdin="Hujan turun karena angin.\n\nこれは本です\n12:30\n".encode())
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["file"], row["line"], row["lang"]) for row in rows] == [
        ("-", 1, "id"),
        ("-", 2, "und"),
        ("-", 3, "ja"),
        ("-", 4, "und"),
    ]


def test_people_get_columns():
    assert run("-", stdin="これは本です").stdout == "-\tja\t1.00\n"
    assert run("-", "--lines", stdin="これは本です").stdout == "-:1\tja\t1.00\n"


def test_each_record_of_a_jsonl_file(tmp_path):
    file = tmp_path / "two.jsonl"
    file.write_text('{"text": "これは本です"}\n{"text": "이것은 책입니다"}\n', encoding="utf-8")
    assert [line.split("\t")[1] for line in run(file).stdout.splitlines()] == ["ja", "ko"]


def test_bad_files_are_named_and_the_others_done(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run(tmp_path / "missing.txt", tmp_path / "empty.txt", SEEDS / "ferry-en.md")
    assert result.exit_code == 1
    assert "missing.txt" in result.stderr
    assert "empty.txt" in result.stderr
    assert result.stdout.split("\t")[1] == "en"
