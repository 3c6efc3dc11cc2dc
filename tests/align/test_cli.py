import json

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.encode import Lexical
from tests.align.samples import ENGLISH, OTHER

RUNNER = CliRunner()


@pytest.fixture
def files(tmp_path):
    (tmp_path / "pipeline.toml").write_text('[align]\nencoder = "lexical"\n[group]\nencoder = "lexical"\n')
    (tmp_path / "a.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n".join(["Share", "", *ENGLISH]), encoding="utf-8")
    (tmp_path / "c.txt").write_text("\n".join(OTHER), encoding="utf-8")
    return tmp_path


def run(folder, command, *arguments):
    paths = [str(folder / name) if name.endswith(".txt") else name for name in arguments]
    result = RUNNER.invoke(app, [command, *paths, "--config", str(folder / "pipeline.toml")])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_json_beads_count_lines_from_one_and_skip_blank_ones(files):
    rows = [
        json.loads(row) for row in run(files, "align", "a.txt", "b.txt", "--lang-a", "en", "--lang-b", "en", "--json")
    ]
    assert [(row["a"], row["b"]) for row in rows] == [([n], [n + 2]) for n in range(1, 7)]
    assert all(row["evidence"].keys() >= {"encoder", "names", "numbers"} and 0 <= row["score"] <= 1 for row in rows)


def test_beads_come_with_reasons(files):
    rows = [json.loads(row) for row in run(files, "align", "a.txt", "b.txt", "--json")]
    assert "same numbers: 48" in rows[1]["why"]
    plain = run(files, "align", "a.txt", "b.txt")
    assert [row for row in plain if row.startswith("  <")] == [f"  < {line}" for line in ENGLISH]
    assert any("both name Nordlys, Vardo" in row for row in plain)


def test_a_ladder_names_every_line_once_from_zero(files):
    rungs = [row.split(":") for row in run(files, "align", "a.txt", "b.txt", "--ladder")]
    assert sorted(n for rung in rungs for n in json.loads(rung[0])) == list(range(6))
    assert sorted(n for rung in rungs for n in json.loads(rung[1])) == [0, *range(2, 8)]


class Source(Lexical):
    """The lexical encoder on sources, for English texts."""

    reads_english = False


@pytest.mark.parametrize(("lines", "asked"), [(8, 16), (40, 0)])
def test_the_pivot_is_asked_where_it_has_a_say(files, monkeypatch, lines, asked):
    told = [f"Boat {number} of {number * 7} brought kelp to pier {number * 13}." for number in range(lines)]
    (files / "d.txt").write_text("\n".join(told), encoding="utf-8")
    translated = []
    monkeypatch.setattr("pipeline.encode.load_encoder", lambda _: Source())
    monkeypatch.setattr(
        "pipeline.align.lines.translator", lambda *_: lambda items: [translated.append(i) or "" for i in items]
    )
    beads = run(files, "align", "d.txt", "d.txt", "--json")
    assert len(translated) == asked
    assert len(beads) >= 0.8 * lines


@pytest.mark.parametrize("names", [("a.txt", "e.txt"), ("e.txt", "a.txt"), ("e.txt", "e.txt")])
def test_an_empty_file_has_no_beads(files, names):
    (files / "e.txt").write_text("\n \n", encoding="utf-8")
    assert run(files, "align", *names) == []


def test_two_formats_at_once_are_refused(files):
    result = RUNNER.invoke(app, ["align", str(files / "a.txt"), str(files / "b.txt"), "--json", "--ladder"])
    assert result.exception is not None
    assert "choose one" in str(result.exception)


def test_a_missing_file_is_named(files):
    result = RUNNER.invoke(app, ["align", str(files / "none.txt"), str(files / "b.txt")])
    assert "none.txt" in str(result.exception)


def test_group_names_a_story_by_its_first_file(files):
    rows = [json.loads(row) for row in run(files, "group", "b.txt", "c.txt", "a.txt", "--json")]
    stories = {row["file"][-5:]: row["story"][-5:] for row in rows}
    assert stories == {"a.txt": "a.txt", "b.txt": "a.txt", "c.txt": "c.txt"}
