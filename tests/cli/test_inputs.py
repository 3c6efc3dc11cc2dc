"""Files and standard input as the commands see them."""

import gzip
import json
import os
from pathlib import Path
from threading import Thread

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.cli.inputs import read_inputs, read_text
from pipeline.config import IngestConfig
from pipeline.errors import ConfigError, SeedError

CONFIG = IngestConfig()
TEXT = "Air surut.\nJembatan dibuka lagi.\n"


def read(*files):
    return [(name, article.seed.text) for name, article in read_inputs(files, CONFIG)]


def test_articles_come_with_names(tmp_path):
    page, records = tmp_path / "page.txt", tmp_path / "records.jsonl"
    page.write_text(TEXT)
    records.write_text('{"text": "Satu."}\n\n{"text": "Tiga."}\n')
    assert read(records, page) == [(f"{records}#1", "Satu."), (f"{records}#3", "Tiga."), (str(page), TEXT)]


@pytest.mark.parametrize("name", ["page", "page.log", "page.2024", "page.gz"])
def test_unknown_endings_are_text(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(gzip.compress(TEXT.encode()) if name.endswith(".gz") else TEXT.encode())
    assert read(file) == [(str(file), TEXT)]


def test_rejected_ones_are_reported_once_and_fail_at_the_end(tmp_path, capsys):
    records, missing, page = tmp_path / "records.jsonl", tmp_path / "missing.txt", tmp_path / "page.txt"
    records.write_text('{"text": "Satu."}\n{\n')
    page.write_text(TEXT)
    inputs = read_inputs([missing, records, page], CONFIG)
    assert [next(inputs)[0] for _ in range(2)] == [f"{records}#1", str(page)]
    with pytest.raises(typer.Exit) as exit_:
        next(inputs)
    assert exit_.value.exit_code == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f"pipeline: {missing} cannot be read")
    assert second.startswith(f"pipeline: {records}#2 is not valid JSON")


def test_names_that_are_no_text_are_spelt_out(tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    file.write_text(TEXT)
    ((name, _),) = read(file)
    assert json.loads(json.dumps(name)) == f"{tmp_path}/caf\\xe9.txt"
    name.encode()


def test_text_of_any_encoding(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("桥昨天重新开放，人们步行过河。".encode("gb18030"))
    assert read_text(file).startswith("桥昨天")


def test_what_is_no_text_says_so(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7")
    with pytest.raises(SeedError, match="PDF"):
        read_text(tmp_path / "a.txt")
    with pytest.raises(ConfigError, match="missing"):
        read_text(tmp_path / "missing")
    with pytest.raises(ConfigError, match="directory"):
        read_text(tmp_path)


@pytest.mark.parametrize("reader", [lambda pipe: read(pipe)[0][1], read_text], ids=["articles", "text"])
def test_what_another_program_writes_into_a_pipe_is_read(tmp_path, reader):
    pipe = tmp_path / "63"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(TEXT,), daemon=True)
    writer.start()
    assert reader(pipe) == TEXT
    writer.join()


@pytest.mark.parametrize("command", ["group", "translate"])
def test_commands_spell_out_names_that_are_no_text(tmp_path, command):
    settings, file = tmp_path / "pipeline.toml", Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    settings.write_text('[group]\nencoder = "lexical"\n')
    file.write_text("The bridge opened again on Tuesday, the mayor said.\n")
    options = ["--json", "--config", str(settings), "--models", str(tmp_path / "none")]
    result = CliRunner().invoke(app, [command, str(file), *options])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["file"] == f"{tmp_path}/caf\\xe9.txt"
