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


def test_scores_stand_beside_their_floors(run, tmp_path):
    (tmp_path / "gold" / "lid").mkdir(parents=True)
    (tmp_path / "gold" / "lid" / "dev.jsonl").write_text(
        '{"id": "1", "lang": "vi", "bucket": "short", "text": "Chuyến phà rút ngắn thời gian đi lại của người dân."}\n'
    )
    result = run("lid", "--gold", "gold")
    assert result.exit_code == 0
    assert "lid.vi" in result.stdout
