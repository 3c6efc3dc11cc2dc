"""A run that dies, or meets a disk that is full or closed to it, says so and leaves the output as it was."""

import errno
import json
import os
import sqlite3
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

import pipeline.clean
import pipeline.clean.stage
import pipeline.runner.crew
import pipeline.runner.publish
import pipeline.runner.run
from pipeline.errors import ConfigError, PipelineError
from pipeline.runner.state import FOLDER, State
from tests.runner.worlds import FERRY_EN, World, fingerprint

NEW = FERRY_EN + "\nTickets are sold at the harbour.\n"


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@pytest.fixture
def filled(world):
    world.fill()
    world.run()
    return world


def whole(world, tmp_path):
    world.run(output=tmp_path / "whole")
    return fingerprint(tmp_path / "whole")


@pytest.mark.parametrize("renames", range(8))
def test_a_kill_between_two_renames_is_mended_by_the_next_run(filled, tmp_path, monkeypatch, renames):
    rename, left = pipeline.runner.publish.put_in_place, iter(range(renames))

    def die_in_time(staged: Path, target: Path) -> None:
        if next(left, None) is None:
            raise Killed
        rename(staged, target)

    filled.write("new.txt", NEW)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.runner.publish, "put_in_place", die_in_time)
        with pytest.raises(Killed):
            filled.run()
    assert filled.computed()["translate"] == 0
    assert fingerprint(filled.output) == whole(filled, tmp_path)


def test_a_kill_before_the_first_rename_and_a_change_of_mind(filled, monkeypatch):
    """The run that died had other counts than the files that stayed: the manifest must speak of the files."""
    before = json.loads((filled.output / "manifest.json").read_text())["counts"]
    new = filled.write("new.txt", NEW)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.runner.run, "publish", _die)
        with pytest.raises(Killed):
            filled.run()
    new.unlink()
    filled.run()
    assert json.loads((filled.output / "manifest.json").read_text())["counts"] == before


def _die(*_: object) -> None:
    raise Killed


def test_a_full_disk_leaves_the_output_as_it_was(filled, monkeypatch, tmp_path):
    before = fingerprint(filled.output)
    filled.write("new.txt", NEW)

    def fill_up(_: object, folder: Path) -> None:
        (folder / "articles.parquet").write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.runner.run, "write_quarantine", fill_up)
        with pytest.raises(OSError, match="No space left"):
            filled.run()
    assert fingerprint(filled.output) == before
    assert not (filled.output / FOLDER / "staging").exists()
    assert filled.computed()["translate"] == 0
    assert fingerprint(filled.output) == whole(filled, tmp_path)


def test_a_full_disk_under_the_state_says_where(filled):
    with pytest.raises(PipelineError, match=r"state\.sqlite.*space"), State.open(filled.output):
        raise sqlite3.OperationalError("database or disk is full")


def test_a_state_damaged_in_its_middle_says_what_to_do(filled):
    path = filled.output / FOLDER / "state.sqlite"
    whole_state = path.read_bytes()
    path.write_bytes(whole_state[:8192] + b"\xff" * (len(whole_state) - 8192))
    with pytest.raises(PipelineError, match="delete"):
        filled.run()


def test_a_worker_that_dies_says_so(filled, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(pipeline.runner.crew, "_WORTH_A_POOL", 0)
    monkeypatch.setattr(pipeline.runner.crew.ProcessPoolExecutor, "submit", broken)
    monkeypatch.setattr(pipeline.clean, "VERSION", "bumped")
    with pytest.raises(PipelineError, match="--jobs"):
        filled.run(jobs=2)


@pytest.mark.parametrize("inside", [".", "output", "deep/output"])
def test_an_output_folder_among_the_seeds_is_refused(filled, inside):
    with pytest.raises(ConfigError, match="--output"):
        World(filled.seeds, filled.seeds / inside, filled.models).run()


def test_seeds_below_the_output_folder_are_no_trouble(filled):
    nested = World(filled.output / "in", filled.output, filled.models)
    nested.write("one.txt", FERRY_EN)
    nested.run()
    assert set(nested.computed().values()) == {0}


def test_a_name_that_is_no_text_is_quarantined(filled):
    Path(os.fsdecode(os.fsencode(filled.seeds) + b"/caf\xe9.txt")).write_text(FERRY_EN)
    refused = filled.run().quarantined
    assert [(seed.path, seed.code) for seed in refused] == [("caf\\xe9.txt", "bad_name")]


def test_half_a_character_in_a_record_stops_nothing(filled):
    filled.write("half.jsonl", '{"text": "Feri baru \\ud83d berlayar ke pulau itu.", "title": "\\udc00"}\n')
    filled.run()
    assert filled.run().emitted is False


def test_sweeping_keeps_what_the_next_run_may_ask_for(filled, monkeypatch):
    """The cache is swept of all that this output does not rest on; copies and articles on which a stage failed stay."""
    filled.write("z-copy.md", FERRY_EN)

    def fail_on_bridges(pages):
        if any("铁桥" in text for page in pages for text in page):
            raise ZeroDivisionError
        return original(pages)

    original = pipeline.clean.stage.gather
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.runner.run, "_SLACK", 0)
        patch.setattr(pipeline.clean.stage, "gather", fail_on_bridges)
        filled.run()
        assert filled.computed()["group"] == 0
    (filled.seeds / "ferry-en.txt").unlink()
    assert filled.run().quarantined == ()
