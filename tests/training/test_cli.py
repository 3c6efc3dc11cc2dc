import importlib.util
import re
import subprocess
import sys

import pytest

from tests.training.samples import sentences, write_tsv

SETTINGS = "max_steps = 3\ntokens = 512\nthreads = 1\nhalf = false\ndevice = 'cpu'\n"


def training(*arguments):
    command = [sys.executable, "-m", "training", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def prepared(tmp_path):
    (tmp_path / "recipe.toml").write_text("default_cap = 100", encoding="utf-8")
    data = write_tsv(tmp_path)
    done = training(
        "prepare", data, "--out", tmp_path / "prepared", "--recipe", tmp_path / "recipe.toml", "--learn", 320
    )
    assert done.returncode == 0, done.stderr
    assert "100 pairs" in done.stdout
    return tmp_path / "prepared"


def test_help_loads_no_torch():
    command = [sys.executable, "-X", "importtime", "-m", "training", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(command in done.stdout for command in ("prepare", "train", "export", "score"))
    assert "training.cli" in done.stderr
    assert not re.search(r"\|\s+torch$", done.stderr, re.MULTILINE)


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="needs the extra 'train' (torch)")
def test_from_text_to_a_pack(prepared, tmp_path):
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    run = ("train", prepared, "--out", tmp_path / "run", "--settings", tmp_path / "settings.toml")
    done = training(*run, "--encoder-layers", 1, "--decoder-layers", 1)
    assert done.returncode == 0, done.stderr
    assert "3 steps" in done.stdout
    (tmp_path / "check.id").write_text("\n".join(source for source, _ in sentences(5)), encoding="utf-8")
    pack = tmp_path / "tiny-mul_en-0_1"
    done = training("export", tmp_path / "run", "--out", pack, "--version", "0.1", "--check", tmp_path / "check.id")
    assert done.returncode == 0, done.stderr
    assert "float32" in done.stdout


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="torch is installed")
def test_without_torch_the_extra_is_named(prepared, tmp_path):
    done = training("train", prepared, "--out", tmp_path / "run")
    assert done.returncode == 1
    assert "pip install 'pipeline[train]'" in done.stderr


def test_data_that_is_not_there_is_one_line(tmp_path):
    done = training("prepare", tmp_path / "nothing", "--out", tmp_path / "prepared")
    assert done.returncode == 1
    assert done.stderr.startswith("training: ")
    assert done.stderr.count("\n") == 1
