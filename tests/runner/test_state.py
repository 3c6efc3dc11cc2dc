"""The store keeps what it is given, lets one run in at a time, and says so when it is damaged."""

import sqlite3

import pytest

from pipeline.errors import OutputLockedError, PipelineError
from pipeline.runner import tables
from pipeline.runner.state import FOLDER, State, exclusive


def test_rows_survive_closing(tmp_path):
    with State.open(tmp_path) as state:
        state.results.put_many({"a": b"1", "b": b"2"})
    with State.open(tmp_path) as state:
        assert state.results.get_many(["a", "b", "c"]) == {"a": b"1", "b": b"2"}
        assert state.results.have(["b", "c"]) == {"b"}
        assert state.results.get("c") is None


def test_more_keys_than_sqlite_takes_at_once(tmp_path):
    rows = {f"key{n}": str(n).encode() for n in range(2_000)}
    with State.open(tmp_path) as state:
        state.memory.put_many(rows)
        assert state.memory.get_many(rows) == rows


def test_stale_rows_go_once_enough_have_gathered(tmp_path):
    with State.open(tmp_path) as state:
        state.results.put_many({str(n): b"" for n in range(10)})
        assert state.results.keep_only({"1"}, slack=9) == 0
        assert state.results.keep_only({"1"}, slack=8) == 9
        assert state.results.have(map(str, range(10))) == {"1"}


def test_a_store_opened_for_reading_is_never_changed(tmp_path):
    with State.open(tmp_path) as state:
        state.results.put("a", b"old")
    with State.read(tmp_path) as state:
        state.results.put_many({"a": b"new", "b": b"2"})
        assert state.results.get_many(["a", "b"]) == {"a": b"new", "b": b"2"}
        assert state.results.have(["a", "b"]) == {"a", "b"}
    with State.read(tmp_path) as state:
        assert state.results.get_many(["a", "b"]) == {"a": b"old"}


def test_reading_where_nothing_ran_makes_no_files(tmp_path):
    with State.read(tmp_path / "output") as state:
        assert state.facts.get("ledger") is None
    assert not (tmp_path / "output").exists()


def test_a_damaged_store_is_refused_with_the_remedy(tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "state.sqlite").write_bytes(b"not a database at all, just text" * 100)
    with pytest.raises(PipelineError, match="delete"):
        State.open(tmp_path)


def test_a_store_of_another_version_is_refused(tmp_path):
    with State.open(tmp_path) as state:
        state._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(PipelineError, match="another version"):
        State.open(tmp_path)


def test_what_is_read_or_put_is_used_today(tmp_path, monkeypatch):
    with State.open(tmp_path) as state:
        for day in (1, 2, 3):
            monkeypatch.setattr(tables, "today", lambda day=day: day)
            state.memory.put(str(day), b"")
        assert state.memory.count_unused(since=3) == 2
        state.memory.get_many(["1", "none"])
        state.memory.drop_unused(since=3)
        assert state.memory.have("123") == {"1", "3"}


def test_a_store_that_knew_no_days_keeps_its_translations(tmp_path):
    old = tmp_path / FOLDER / "state.sqlite"
    old.parent.mkdir()
    with sqlite3.connect(old) as connection:
        for table in ("results", "memory", "vectors", "facts"):
            connection.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, payload BLOB NOT NULL)")
            connection.execute(f"INSERT INTO {table} VALUES ('a', 'b')")
        connection.execute("PRAGMA user_version = 1")
    with State.read(tmp_path) as state:
        assert state.results.get("a")
    for _ in range(2):
        with State.open(tmp_path) as state:
            assert state.results.get("a")
            assert state.memory.get("a")
            assert state.memory.count_unused(since=tables.today()) == 0
            assert state.vectors.get("a") is None


def test_one_run_at_a_time(tmp_path):
    with exclusive(tmp_path), pytest.raises(OutputLockedError, match="another run"), exclusive(tmp_path):
        pass
    with exclusive(tmp_path):
        pass
