import pytest

pytest.importorskip("opencc", reason="needs the extra 'train' (OpenCC)")

from tests.training.samples import sentences
from training.pieces import encode, learn, parse
from training.simplified import simplifying

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


def test_what_is_not_chinese_is_read_as_before(learnt, simplified):
    lines = ["① café  ﬁ Ｆｕｌｌ", "tiếng Việt", "  two  spaces ", *(english for _, english in sentences(50))]
    assert encode(simplified.processor(), lines) == encode(learnt.processor(), lines)


def test_a_character_whose_simple_form_is_unknown_stays(learnt, simplified):
    assert "龙" not in {piece.text for piece in learnt.pieces}
    assert simplified.processor().encode("龍") == learnt.processor().encode("龍")


def test_pieces_stay_and_the_file_can_be_read_again(learnt, simplified):
    assert simplified.pieces == learnt.pieces
    assert parse(simplified.to_bytes()) == simplified
