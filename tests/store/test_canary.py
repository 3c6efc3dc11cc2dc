import pytest

from pipeline.errors import ModelError
from pipeline.store import ModelStore
from pipeline.store.canary import canaries, check, require
from tests.packs import build_pack
from tests.translate.conftest import SHIPPED


def test_the_model_that_ships_passes_in_each_of_its_languages():
    verdicts = check(ModelStore(SHIPPED))
    assert {verdict.lang for verdict in verdicts} >= {"id", "vi", "zh-Hans", "zh-Hant"}
    assert all(verdict.ok for verdict in verdicts), verdicts
    require(verdicts)


@pytest.mark.parametrize("lang", ["id", "ms", "vi", "zh-Hans", "zh-Hant", "ja", "ko", "th", "es", "fr", "de"])
def test_each_language_has_three_canaries(lang):
    assert len(canaries(lang)) == 3
    assert all(canary.expect and canary.source for canary in canaries(lang))


def test_a_language_without_canaries_is_neither_good_nor_bad(tmp_path):
    build_pack(tmp_path / "x-eo_en-1_0", {"kato": "cat"}, from_codes=["eo"])
    (verdict,) = check(ModelStore(tmp_path))
    assert verdict.ok is None
    require((verdict,))


def test_fluent_but_wrong_english_is_refused(tmp_path):
    words = {
        "kucing": "bird",
        "tidur": "flies",
        "meja": "sky",
        "buku": "song",
        "kota": "sea",
        "air": "fire",
        "dingin": "hot",
    }
    words |= {
        "itu": "that",
        "di": "in",
        "atas": "the",
        "hari": "one",
        "ini": "more",
        "kami": "they",
        "membeli": "sing",
        "baru": "old",
    }
    words |= {"sungai": "mountain", "sangat": "too"}
    build_pack(tmp_path / "x-id_en-1_0", words, from_codes=["id"])
    (verdict,) = check(ModelStore(tmp_path))
    assert not verdict.ok
    with pytest.raises(ModelError, match="too few of the expected words"):
        require((verdict,))


def test_a_pack_that_leads_elsewhere_is_tried_through_to_english(tmp_path):
    build_pack(
        tmp_path / "a-ms_id-1_0",
        {"kucing": "kucing", "tidur": "tidur", "meja": "meja"},
        from_codes=["ms"],
        to_code="id",
    )
    build_pack(tmp_path / "b-id_en-1_0", from_codes=["id"])
    store = ModelStore(tmp_path)
    assert [(v.model, v.lang) for v in check(store, store.find("a-ms_id"))] == [("a-ms_id 1.0 > b-id_en 1.0", "ms")]
