import json

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.config import Config
from pipeline.records import Hypothesis
from pipeline.translate.lines import combine, hints, translate_lines


def english(make, text, lang="id"):
    return [line.hypothesis.english for line in translate_lines(text, lang, make(), Config())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n", [""]),
        ("kucing\n\nair\n", ["cat", "", "water"]),
        ("kucing\n\nair", ["cat", "", "water"]),
        ("\n\nkucing\n\n", ["", "", "cat", ""]),
        ("kucing\x0bair\u2028buku", ["cat water book"]),
    ],
)
def test_as_many_lines_out_as_in(make, text, expected):
    assert english(make, text) == expected


def test_a_line_of_several_sentences_stays_one_line(make):
    assert english(make, "Kucing itu tidur. Air dingin.") == ["Cat that sleeps. Water cold."]


def test_language_is_found_where_it_is_not_given(make):
    lines = translate_lines("那只猫在桌子上睡觉，今天的水很冷。\n", None, make(), Config())
    assert lines[0].lang == "zh-Hans"
    assert lines[0].hypothesis.english.startswith("that one cat")


def test_a_missing_model_gives_the_command(make):
    lines = translate_lines("a b\nc d", "ms", make(), Config())
    assert list(hints(lines)) == ["no model translates 'ms' to English; install one: pipeline models install ms"]


def test_scores_are_weighted_by_length_and_flags_united():
    combined = combine(
        [Hypothesis("a" * 30, 0.9, ("length",), "m"), Hypothesis("b" * 10, 0.5, ("length", "copied"), "m")]
    )
    assert combined.score == 0.8
    assert combined.flags == ("length", "copied")
    assert combined.model == "m"


KUCING = {"source": "kucing", "english": "cat", "score": 0, "flags": []}


@pytest.fixture
def run(dictionary_store):
    def invoke(*arguments, stdin=None):
        return CliRunner().invoke(app, ["translate", "--models", str(dictionary_store.folder), *arguments], input=stdin)

    return invoke


def test_command_translates_standard_input(run):
    result = run("-", "--from", "id", stdin="kucing\n\nair\n")
    assert (result.exit_code, result.stdout) == (0, "cat\n\nwater\n")


def test_command_speaks_json(run, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("kucing\n\n", encoding="utf-8")
    rows = [json.loads(line) for line in run(str(file), "--from", "id", "--json").stdout.splitlines()]
    assert [list(row) for row in rows] == [["file", "line", "source", "english", "score", "flags"]] * 2
    assert rows[0] | {"score": 0} == {"file": str(file), "line": 1} | KUCING
    assert (rows[1]["line"], rows[1]["english"]) == (2, "")


def test_command_reads_legacy_encodings(run, tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("那只猫在桌子上睡觉，今天的水很冷，老师在学校。\n".encode("gb18030"))
    assert run(str(file), "--from", "zh-Hans").stdout.startswith("that one cat on table")


def test_command_goes_on_without_a_model_and_says_what_to_do(run):
    result = run("-", "--from", "ms", stdin="apa\n")
    assert (result.exit_code, result.stdout) == (0, "\n")
    assert "pipeline models install ms" in result.stderr


def test_command_names_a_missing_file(run):
    result = run("nowhere.txt")
    assert result.exit_code != 0
    assert "nowhere.txt" in str(result.exception)
