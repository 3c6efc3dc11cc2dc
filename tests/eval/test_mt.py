import subprocess
import sys

import pytest

from pipeline.errors import ConfigError, ModelError
from pipeline.eval import mt
from tests.packs import build_pack
from tests.shared import shared

SOURCES = {
    "id": "Kucing itu tidur.\nAir dingin.\n",
    "vi": "Con mèo ngủ.\nNước lạnh.\n",
    "zh-Hans": "那猫睡觉。\n水冷。\n",
    "zh-Hant": "那貓睡覺。\n水冷。\n",
}
REFERENCE = "The cat sleeps.\nWater is cold.\n"


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold" / "mt"
    folder.mkdir(parents=True)
    for lang, text in (SOURCES | {"en": REFERENCE}).items():
        (folder / f"flores.{lang}").write_text(text, encoding="utf-8")
    return folder.parent


@pytest.fixture
def models(tmp_path):
    build_pack(tmp_path / "models" / "dict-mul_en-1_0")
    return tmp_path / "models"


def test_two_scores_a_language_from_0_to_100(gold, models):
    scores = mt.evaluate(gold, models)
    metrics = ("chrf", "bleu")
    assert [score.name for score in scores] == [f"mt.{lang}.{metric}" for lang in mt.LANGUAGES for metric in metrics]
    assert all(score.n == 2 for score in scores)
    assert all(0 <= score.value <= 100 for score in scores)
    assert all(score.value > 30 for score in scores if score.name.endswith("chrf"))


def test_only_so_many_lines(gold, models):
    assert {score.n for score in mt.evaluate(gold, models, lines=1)} == {1}


def test_numbers_are_those_of_sacrebleu_itself(gold, tmp_path):
    metrics = mt.load_metrics()
    found = ["That cat sleeps.", "Water cold."]
    chrf, bleu = metrics.score(found, REFERENCE.splitlines(), "x")
    (tmp_path / "out").write_text("\n".join(found) + "\n", encoding="utf-8")
    for metric, ours in (("chrf", chrf), ("bleu", bleu)):
        command = [sys.executable, "-m", "sacrebleu", str(gold / "mt/flores.en"), "-i", str(tmp_path / "out")]
        run = subprocess.run([*command, "-m", metric, "-b", "-w", "4"], capture_output=True, text=True, check=True)
        assert float(run.stdout) == ours.value
    assert "version:" in metrics.signatures()[0]
    assert "tok:13a" in metrics.signatures()[1]


def test_a_language_without_a_model_is_an_error(gold, tmp_path):
    build_pack(tmp_path / "few" / "x-id_en-1_0", from_codes=["id"])
    with pytest.raises(ModelError, match="install vi"):
        mt.evaluate(gold, tmp_path / "few")


def test_missing_gold_says_where_to_point(models, tmp_path):
    with pytest.raises(ConfigError, match="--gold"):
        mt.evaluate(tmp_path, models)


def test_the_model_that_ships_on_a_few_real_lines():
    scores = mt.evaluate(shared("gold"), lines=4)
    assert all(score.value > 15 for score in scores if score.name.endswith("chrf"))
