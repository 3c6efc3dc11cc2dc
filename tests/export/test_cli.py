import json

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.config import EmitConfig
from pipeline.errors import ConfigError
from tests.emit.factories import emit, harbour_and_library


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    emit(*harbour_and_library(), "sig", EmitConfig(), folder)
    return folder


def invoke(*args):
    return CliRunner().invoke(app, ["export", *map(str, args)])


def test_standard_output_is_the_default(output):
    result = invoke("--output", output, "--format", "jsonl", "--kind", "mined", "--src-lang", "vi", "--split", "train")
    assert result.exit_code == 0
    assert [json.loads(line)["tgt_lang"] for line in result.stdout.splitlines()] == ["en"]


@pytest.mark.parametrize("shape", ["jsonl", "tsv", "tmx"])
def test_a_file_holds_what_standard_output_shows(output, tmp_path, shape):
    shown = invoke("--output", output, "--format", shape)
    invoke("--output", output, "--format", shape, "-o", tmp_path / "pairs")
    assert (tmp_path / "pairs").read_bytes() == shown.stdout_bytes


def test_moses_needs_a_name_for_its_files(output, tmp_path):
    assert isinstance(invoke("--output", output, "--format", "moses").exception, ConfigError)
    assert "is a folder" in str(invoke("--output", output, "--format", "moses", "-o", tmp_path).exception)
    assert invoke("--output", output, "--format", "moses", "-o", tmp_path / "news", "--tgt-lang", "vi").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.id-vi.id", "news.id-vi.vi"]


def test_moses_says_when_there_is_nothing_to_write(output, tmp_path):
    result = invoke("--output", output, "--format", "moses", "-o", tmp_path / "news", "--tgt-lang", "fr")
    assert result.exit_code == 0
    assert "no such pair" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_a_usage_error(output):
    assert invoke("--output", output, "--format", "xliff").exit_code == 2
