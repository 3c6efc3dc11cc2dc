"""The store keeps what it is given, lets one run in at a time, and says so when it is damaged."""

import pytest

from pipeline.errors import OutputLockedError, PipelineError
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


def test_one_run_at_a_time(tmp_path):
    with exclusive(tmp_path), pytest.raises(OutputLockedError, match="another run"), exclusive(tmp_path):
        pass
    with exclusive(tmp_path):
        pass
