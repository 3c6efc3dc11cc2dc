"""`pipeline eval` as a person calls it: what is not scored is not passed."""

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.errors import ConfigError


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, ["eval", *arguments])


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--gold", "nowhere"), "--gold"),
        (("debris", "--gold", "."), "no gold files for debris"),
        (("colour", "--gold", "."), "no evaluation is called colour"),
    ],
)
def test_nothing_scored_is_an_error_that_says_what_to_do(run, arguments, word):
    result = run(*arguments)
    assert isinstance(result.exception, ConfigError)
    assert word in str(result.exception)


@pytest.fixture
def one_text(tmp_path):
    (tmp_path / "gold" / "lid").mkdir(parents=True)
    (tmp_path / "gold" / "lid" / "dev.jsonl").write_text(
        '{"id": "1", "lang": "vi", "bucket": "short", "text": "Chuyến phà rút ngắn thời gian đi lại của người dân."}\n'
    )


def with_floors(monkeypatch, **floors):
    names = {name.replace("_", "."): floor for name, floor in floors.items()}
    monkeypatch.setattr("pipeline.eval.floors.read_floors", lambda: {"gold": names})


@pytest.mark.usefixtures("one_text")
def test_scores_stand_beside_their_floors(run, monkeypatch):
    with_floors(monkeypatch, lid_all=0.5)
    result = run("lid", "--gold", "gold")
    assert result.exit_code == 0
    assert "lid.vi" in result.stdout
    assert "0.5000" in result.stdout


@pytest.mark.usefixtures("one_text")
def test_a_score_below_its_floor_fails(run, monkeypatch):
    with_floors(monkeypatch, lid_all=1.01)
    result = run("lid", "--gold", "gold")
    assert result.exit_code == 1
    assert "below the floor: lid.all" in result.stderr


@pytest.mark.usefixtures("one_text")
def test_a_floor_whose_gold_is_missing_fails(run, monkeypatch):
    with_floors(monkeypatch, lid_all=0.5, lid_seeds=0.5)
    result = run("lid", "--gold", "gold")
    assert result.exit_code == 1
    assert "lid.seeds (not measured" in result.stderr
