import json
from dataclasses import replace

import pytest

pytest.importorskip("opencc", reason="needs the extra 'train' (OpenCC)")

from tests.training.samples import sentences
from training.pieces import encode, learn, parse
from training.prepare import read_prepared
from training.simplified import simplifying
from training.steps import Order, prepare_folder

CHINESE = ["渔船回到台湾的海港", "风浪很大，渔民说", "头发和面条", "港口的风很大", "台湾渔民回来了"] * 20


@pytest.fixture(scope="module")
def learnt():
    return learn([*CHINESE, *(english for _, english in sentences(200))], 420)


@pytest.fixture(scope="module")
def simplified(learnt):
    return simplifying(learnt)


def test_both_scripts_become_the_same_pieces(learnt, simplified):
    hans, hant = "渔船回到台湾的海港", "漁船回到臺灣的海港"
    before, after = learnt.processor(), simplified.processor()
    assert before.encode(hans) != before.encode(hant)
    assert after.encode(hant) == before.encode(hans)
    assert after.encode(hans) == before.encode(hans)


@pytest.mark.parametrize("origin", ["learnt", "a pack", "e5"])
def test_a_recipe_simplifies_wherever_the_vocabulary_comes_from(origin, learnt, tmp_path):
    (tmp_path / "zh.tsv").write_text("".join(f"{line}\tA boat at sea.\tours\n" for line in CHINESE), encoding="utf-8")
    (tmp_path / "recipe.toml").write_text("simplify = true", encoding="utf-8")
    order = Order((tmp_path / "zh.tsv",), recipe=tmp_path / "recipe.toml", least=(1, 1))
    if origin == "a pack":
        order = replace(order, like=write_pack(learnt, tmp_path / "pack"))
    if origin == "learnt":
        order = replace(order, learn=420)
    prepare_folder(order, tmp_path / "out")
    tokenizer = read_prepared(tmp_path / "out").vocabulary.processor()
    assert tokenizer.encode("台灣的漁船") == tokenizer.encode("台湾的渔船")


def write_pack(vocabulary, folder):
    """Write what `--like` reads of a pack."""
    (folder / "model").mkdir(parents=True)
    (folder / "sentencepiece.model").write_bytes(vocabulary.to_bytes())
    target = [piece.text for piece in vocabulary.pieces]
    (folder / "model" / "target_vocabulary.json").write_text(json.dumps(target), encoding="utf-8")
    return folder


def test_what_is_not_chinese_is_read_as_before(learnt, simplified):
    lines = ["① café  ﬁ Ｆｕｌｌ", "tiếng Việt", "  two  spaces ", *(english for _, english in sentences(50))]
    assert encode(simplified.processor(), lines) == encode(learnt.processor(), lines)


def test_a_character_whose_simple_form_is_unknown_stays(learnt, simplified):
    assert "龙" not in {piece.text for piece in learnt.pieces}
    assert simplified.processor().encode("龍") == learnt.processor().encode("龍")


def test_pieces_stay_and_the_file_can_be_read_again(learnt, simplified):
    assert simplified.pieces == learnt.pieces
    assert parse(simplified.to_bytes()) == simplified
