import json

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.errors import ConfigError, ModelError
from tests.packs import build_pack

ECHO = {word: word for word in ("kucing", "tidur", "di", "atas", "meja", "itu", "hari", "kami", "buku", "kota")}


@pytest.fixture
def run(tmp_path):
    def invoke(*arguments):
        command, *rest = arguments
        return CliRunner().invoke(app, ["models", command, "--models", str(tmp_path / "models"), *rest])

    return invoke


def test_install_list_check_remove(run, archive, tmp_path):
    assert "installed translate-mul_en 1.0" in run("install", str(archive), "--licence", "CC0-1.0").stdout
    (row,) = (json.loads(line) for line in run("list", "--json").stdout.splitlines())
    assert (row["name"], row["version"], row["to"]) == ("translate-mul_en", "1.0", "en")
    assert row["from"] == ["id", "vi", "zh-Hans", "zh-Hant"]
    assert len(row["digest"]) == 64
    assert (row["licence"], row["origin"]) == ("CC0-1.0", "mul.argosmodel")
    listed = run("list").stdout
    for shown in ("translate-mul_en 1.0", "zh-Hant", "MiB", row["digest"][:12], "CC0-1.0"):
        assert shown in listed
    checked = run("check", "--json")
    assert checked.exit_code == 0
    assert {json.loads(line)["lang"]: json.loads(line)["ok"] for line in checked.stdout.splitlines()} == dict.fromkeys(
        row["from"], True
    )
    assert run("remove", "translate-mul_en").exit_code == 0
    assert not any((tmp_path / "models").iterdir())


def test_an_empty_store_says_what_to_do(run):
    for command in ("list", "check"):
        result = run(command)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "pipeline models install" in result.stderr


def test_a_file_is_no_store(run, tmp_path):
    (tmp_path / "models").write_text("")
    for arguments in (("list",), ("check",), ("install", "id"), ("remove", "x")):
        result = run(*arguments)
        assert isinstance(result.exception, ConfigError)
        assert "--models" in str(result.exception)


def test_check_fails_for_a_model_that_babbles(run, tmp_path):
    build_pack(tmp_path / "models" / "x-id_en-1_0", ECHO, from_codes=["id"])
    result = run("check")
    assert result.exit_code == 1
    assert "refused: copied" in result.stdout


def test_a_damaged_model_is_listed_and_fails_the_check(run, tmp_path):
    folder = build_pack(tmp_path / "models" / "x-id_en-1_0", from_codes=["id"])
    (folder / "model/model.bin").unlink()
    assert "damaged" in run("list").stdout
    assert "model.bin" in json.loads(run("list", "--json").stdout)["damaged"]
    assert run("check").exit_code == 1
    assert run("remove", "x-id_en-1_0").exit_code == 0


def test_errors_are_for_people(run):
    for arguments in (("install", "nothing.zip"), ("remove", "nothing"), ("check", "nothing")):
        result = run(*arguments)
        assert isinstance(result.exception, ModelError)
        assert "nothing" in str(result.exception)
