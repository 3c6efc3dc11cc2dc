"""`pipeline clean`: stories for people, verdicts for programs."""

import json

from typer.testing import CliRunner

from pipeline.cli.app import app

STORY = [
    "On Tuesday morning the fishermen of Greystone noticed that the river had turned brown and told the water office.",
    "Three days of rain upstream had washed mud into the channel, an engineer said, and two more must pass.",
]
PAGE = "\n".join(["Brown river worries Greystone", "By Mara Quill", *STORY, "", "Share", "0 comments"])


def test_text_for_people(tmp_path):
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    result = CliRunner().invoke(app, ["clean", str(tmp_path / "page.txt")])
    assert result.exit_code == 0
    assert result.stdout == "\n\n".join(["Brown river worries Greystone", *STORY]) + "\n"


def test_json_for_programs(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    found = json.loads(CliRunner().invoke(app, ["clean", "--json", str(path)]).stdout)
    assert list(found) == ["file", "lang", "title", "byline", "source", "published", "keep", "blocks"]
    assert found["file"] == str(path)
    assert (found["lang"], found["title"], found["byline"]) == ("en", "Brown river worries Greystone", "Mara Quill")
    assert found["keep"] == [1, 3, 4]
    assert list(found["blocks"][0]) == ["line_start", "line_end", "kind", "keep", "label", "rule", "text"]
    assert [block["label"] for block in found["blocks"]] == [None, "metadata", None, None, "share", "comment"]


def test_standard_input():
    result = CliRunner().invoke(app, ["clean", "-", "--json"], input=PAGE)
    found = json.loads(result.stdout)
    assert found["file"] == "-"
    assert found["keep"] == [1, 3, 4]


def test_a_bad_file_says_why_and_the_others_go_on(tmp_path):
    good, bad = tmp_path / "page.txt", tmp_path / "missing.txt"
    good.write_text(PAGE, encoding="utf-8")
    result = CliRunner().invoke(app, ["clean", str(bad), str(good), "--json"])
    assert result.exit_code == 1
    assert "missing.txt" in result.stderr
    assert json.loads(result.stdout)["file"] == str(good)


def test_more_files_than_are_read_at_once_come_out_in_order(tmp_path):
    files = [tmp_path / f"page{number:03}.txt" for number in range(70)]
    for number, file in enumerate(files):
        file.write_text(f"River {number}\n{PAGE}", encoding="utf-8")
    result = CliRunner().invoke(app, ["clean", "--json", *map(str, files), str(tmp_path / "missing.txt")])
    assert result.exit_code == 1
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == list(map(str, files))


def test_records_of_a_jsonl_file_are_articles(tmp_path):
    path = tmp_path / "pages.jsonl"
    rows = [{"text": PAGE, "title": "The river"}, {"text": "\n".join(STORY)}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = [json.loads(line) for line in CliRunner().invoke(app, ["clean", "--json", str(path)]).stdout.splitlines()]
    assert [row["file"] for row in found] == [f"{path}#1", f"{path}#2"]
    assert found[0]["title"] == "The river"
    assert 0 not in found[0]["keep"]


def test_the_configuration_is_heard(tmp_path):
    config = tmp_path / "pipeline.toml"
    config.write_text("[clean]\nthreshold = 2", encoding="utf-8")
    result = CliRunner().invoke(app, ["clean", "-", "--config", str(config)], input=PAGE)
    assert result.exit_code != 0


def test_what_only_the_container_says_is_told(tmp_path):
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps({"text": "\n".join(STORY), "title": "The river", "published": "May 12, 2025"}))
    found = json.loads(CliRunner().invoke(app, ["clean", "--json", str(path)]).stdout)
    assert (found["title"], found["byline"], found["published"]) == ("The river", None, "2025-05-12")
