"""A key changes with what its result depends on, and with nothing else."""

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import pipeline.clean
import pipeline.runner.keys
from pipeline.config import Config, IngestConfig
from pipeline.runner.keys import ARTICLE_STAGES, LIBRARIES, STAGES, Keyring, digest

LESSONS = {"teach.py"}
"""What only the making of a stage's data imports; a run never does."""


def test_digest_tells_where_parts_end():
    assert digest("ab", "c") != digest("a", "bc")


def test_every_stage_declares_a_version():
    assert set(Keyring(Config()).parts) == set(STAGES)


def test_a_version_bump_changes_that_stage_and_what_follows(monkeypatch):
    before = Keyring(Config()).chain("seed")
    monkeypatch.setattr(pipeline.clean, "VERSION", "bumped")
    after = Keyring(Config()).chain("seed")
    changed = [stage for stage in ARTICLE_STAGES if before[stage] != after[stage]]
    assert changed == ["clean", "identify", "segment"]


def test_settings_of_one_stage_leave_the_keys_of_others():
    plain, other = Keyring(Config()), Keyring(Config(ingest=IngestConfig(max_bytes=1)))
    assert plain.key("ingest", "x") != other.key("ingest", "x")
    assert plain.key("clean", "x") == other.key("clean", "x")


def test_members_are_a_set():
    keys = Keyring(Config())
    assert keys.of_members("group", ["b", "a"]) == keys.of_members("group", ["a", "b"])
    assert keys.of_members("group", ["a"]) != keys.of_members("group", ["a", "b"])


def test_another_library_changes_the_stage_that_uses_it(monkeypatch):
    before = Keyring(Config()).chain("seed")
    monkeypatch.setattr(pipeline.runner.keys, "library_version", lambda name: "9.9" if name == "ftfy" else "1.0")
    monkeypatch.setattr(pipeline.runner.keys, "LIBRARIES", {"normalise": ("ftfy",)})
    after = Keyring(Config())
    assert after.parts["normalise"]["ftfy"] == "9.9"
    assert after.chain("seed")["normalise"] != before["normalise"]


def test_an_extra_that_is_not_there_is_named_so(monkeypatch):
    monkeypatch.setattr(pipeline.runner.keys, "LIBRARIES", {"ingest": ("no-such-library",)})
    assert Keyring(Config()).parts["ingest"]["no-such-library"] == "absent"


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "translate"])
def test_the_libraries_of_a_stage_are_part_of_its_keys(stage):
    """What a stage imports may change its result; the shared tools of the repository count nowhere."""
    folder = Path(find_spec(f"pipeline.{stage}").origin).parent
    trees = [ast.parse(path.read_text()) for path in folder.glob("*.py") if path.name not in LESSONS]
    names = {
        alias.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    known = {name.replace("-", "_") for name in LIBRARIES.get(stage, ())}
    foreign = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"pipeline", "pydantic"}
    assert foreign <= known


def test_a_run_imports_no_lessons():
    code = "import sys, pipeline.runner.run; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "pipeline.clean.stage" in loaded
    assert not {name for name in loaded if name.startswith("pipeline.") and f"{name.rpartition('.')[2]}.py" in LESSONS}


@pytest.mark.parametrize("stage", ARTICLE_STAGES)
def test_keys_name_their_stage(stage):
    assert Keyring(Config()).chain("seed")[stage].startswith(f"{stage}:")
