"""What no article needs is forgotten in time, and nobody can tell by the output."""

import pytest

from pipeline.config import StateConfig, TranslateConfig
from pipeline.runner import sweep, tables
from pipeline.runner.state import State
from tests.runner.worlds import CONFIG, FERRY_EN, FERRY_ID, fingerprint

OTHER = CONFIG.model_copy(update={"translate": TranslateConfig(beam_size=1)})


@pytest.fixture
def calendar(monkeypatch):
    """A function that sets the day; sweeping starts with the first row."""

    def turn_to(day):
        monkeypatch.setattr(tables, "today", lambda: day)
        monkeypatch.setattr(sweep, "today", lambda: day)

    monkeypatch.setattr(sweep, "_SLACK", 0)
    turn_to(1_000)
    return turn_to


def kept(world):
    with State.read(world.output) as state:
        return {
            name: {key for (key,) in state._connection.execute(f"SELECT key FROM {name}")}
            for name in ("memory", "vectors")
        }


def test_what_articles_need_stays_however_old(world, calendar):
    world.fill()
    world.run()
    before = kept(world)
    assert all(before.values())
    for day in (1_000, 2_000, 3_000):
        calendar(day)
        world.run()
        assert kept(world) == before


def test_what_no_article_needs_goes_after_its_time(world, calendar, tmp_path):
    world.fill()
    world.write("passing.txt", FERRY_ID.replace("120", "977"))
    world.run()
    first = kept(world)
    (world.seeds / "passing.txt").unlink()
    calendar(1_090)
    world.run()
    before = kept(world)
    assert all(first[name] <= before[name] for name in first)
    calendar(1_091)
    world.run()
    after = kept(world)
    assert all(after[name] < before[name] for name in after)
    world.run(output=tmp_path / "whole")
    assert after == {name: rows & before[name] for name, rows in kept(world_at(world, tmp_path / "whole")).items()}
    assert fingerprint(world.output) == fingerprint(tmp_path / "whole")


def world_at(world, output):
    return type(world)(world.seeds, output, world.models)


def test_what_was_forgotten_is_found_out_again(world, calendar, tmp_path):
    world.write("passing.txt", FERRY_ID)
    world.run()
    (world.seeds / "passing.txt").unlink()
    world.write("staying.txt", FERRY_EN)
    calendar(5_000)
    world.run()
    world.write("passing.txt", FERRY_ID)
    world.run()
    world.run(output=tmp_path / "whole")
    assert fingerprint(world.output) == fingerprint(tmp_path / "whole")


def test_translations_by_other_settings_go_too(world, calendar):
    world.fill()
    world.run(OTHER)
    other = kept(world)["memory"]
    world.run()
    assert kept(world)["memory"] > other
    calendar(5_000)
    world.run()
    assert not kept(world)["memory"] & other


def test_how_long_is_a_setting_on_which_no_output_depends(world, calendar):
    world.fill()
    world.write("passing.txt", FERRY_ID.replace("120", "977"))
    world.run()
    (world.seeds / "passing.txt").unlink()
    world.run()
    before, bytes_before = kept(world), fingerprint(world.output)
    calendar(1_003)
    at_once = CONFIG.model_copy(update={"state": StateConfig(keep_days=2)})
    assert not any(world.computed(at_once).values())
    assert all(kept(world)[name] < before[name] for name in before)
    assert fingerprint(world.output) == bytes_before
