"""Floors hold, rise, and do not fall."""

import pytest

from pipeline.errors import ConfigError
from pipeline.eval.floors import fallen, raised, read_floors, unmeasured, write_floors
from pipeline.eval.score import Score
from pipeline.eval.suite import SUITES, GoldSet, choose, describe_errors


def test_a_score_below_its_floor_is_named():
    scores = [Score("a", 0.89, 10), Score("b", 0.95, 10), Score("no floor yet", 0.1, 10)]
    assert [score.name for score in fallen(scores, {"a": 0.9, "b": 0.9})] == ["a"]


def test_floors_rise_to_what_was_measured_and_never_fall():
    scores = [Score("a", 0.95, 10), Score("b", 0.5, 10), Score("new", 0.7, 10), Score("mt.id.chrf", 40.0, 10)]
    floors = raised(scores, {"a": 0.9, "b": 0.6, "not measured": 0.8})
    assert floors == {"a": 0.945, "b": 0.6, "mt.id.chrf": 39.5, "new": 0.695, "not measured": 0.8}


def test_a_floor_without_a_score_is_no_pass():
    floors = {"lid.all": 0.9, "lid.seeds": 0.9, "debris.seeds.f1": 0.9}
    assert unmeasured([Score("lid.all", 0.95, 10)], floors, ["lid"]) == ("lid.seeds",)
    assert unmeasured([Score("lid.all", 0.95, 10)], floors, ["mt"]) == ()


def test_floors_survive_writing(tmp_path):
    write_floors({"gold": {"a": 0.5}}, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == {"gold": {"a": 0.5}}


def test_the_floors_of_the_repository_name_real_suites():
    names = {name.split(".")[0] for floors in read_floors().values() for name in floors}
    assert names <= set(SUITES)
    assert all(0 < floor <= 100 for floors in read_floors().values() for floor in floors.values())


def test_an_unknown_suite_is_refused():
    with pytest.raises(ConfigError, match="there are debris"):
        choose(["nonsense"])


def test_confusions_are_told_off_the_diagonal(tmp_path):
    (tmp_path / "lid").mkdir()
    rows = [
        '{"id": "1", "lang": "vi", "bucket": "mid", "text": "Con mèo ngủ trên bàn trong nhà bếp của chúng tôi."}',
        '{"id": "2", "lang": "th", "bucket": "mid", "text": "The cat sleeps on the table in our kitchen."}',
    ]
    (tmp_path / "lid" / "dev.jsonl").write_text("\n".join(rows), encoding="utf-8")
    gold = GoldSet("own", tmp_path, tmp_path)
    assert list(describe_errors(gold, choose(["lid"]))) == ["1 × en for th"]
    assert list(describe_errors(gold, choose(["mt"]))) == []
