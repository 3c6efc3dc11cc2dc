import pytest

from pipeline.errors import ModelError
from pipeline.store.pack import read_pack
from pipeline.translate.engine import Decoding, Engine, available_threads, output_limit
from tests.packs import build_pack


@pytest.fixture
def engine(dictionary_store):
    return Engine(dictionary_store.packs()[0], "int8", threads=1)


def test_answers_in_order_with_probabilities(engine):
    found = engine.decode([["▁air"], ["▁kucing", "▁tidur"], ["▁buku"]], Decoding(), batch_tokens=64)
    assert [best.pieces for best, *_ in found] == [("▁water",), ("▁cat", "▁sleeps"), ("▁book",)]
    assert all(-5 < best.log_prob <= 0 for best, *_ in found)
    assert not any(best.cut for best, *_ in found)


@pytest.mark.parametrize("beam_size", [1, 2, 3])
def test_offers_what_the_beam_holds_the_most_probable_first(engine, beam_size):
    offered = engine.decode([["▁air", "▁dingin"]], Decoding(beam_size), batch_tokens=64)[0]
    assert len(offered) == beam_size
    assert [o.log_prob for o in offered] == sorted((o.log_prob for o in offered), reverse=True)


def test_says_no_word_twice_running_unless_english_does(tmp_path):
    words = {"air": "water", "sangat": "very"}
    engine = Engine(read_pack(build_pack(tmp_path / "twice-id_en-1_0", words)), "int8", threads=1)
    decoding = Decoding(no_repeat_ngram_size=0)
    twice = [engine.decode([[f"▁{word}"] * 2], decoding, 64)[0][0].pieces for word in words]
    assert twice[0] != ("▁water", "▁water")
    assert twice[1] == ("▁very", "▁very")


def test_another_language_may_say_a_word_twice(tmp_path):
    pack = read_pack(build_pack(tmp_path / "twice-jv_id-1_0", {"bocah": "anak"}, from_codes=["jv"], to_code="id"))
    found = Engine(pack, "int8", threads=1).decode([["▁bocah"] * 2], Decoding(no_repeat_ngram_size=0), 64)
    assert found[0][0].pieces == ("▁anak", "▁anak")


@pytest.mark.parametrize("penalty", [0.0, 0.2, 1.0])
def test_log_probability_is_a_mean_whatever_the_length_penalty(engine, penalty):
    plain = engine.decode([["▁kucing", "▁tidur"]], Decoding(length_penalty=1.0), batch_tokens=64)[0][0]
    other = engine.decode([["▁kucing", "▁tidur"]], Decoding(length_penalty=penalty), batch_tokens=64)[0][0]
    assert other.log_prob == pytest.approx(plain.log_prob, abs=1e-3)


def test_limits_grow_with_the_source_and_end_where_every_model_can():
    assert output_limit(1) < output_limit(10) <= 256
    assert output_limit(10_000) == 256


def test_a_source_too_long_for_the_model_is_an_error_with_its_name(engine):
    with pytest.raises(ModelError, match=r"dict-mul_en 1\.0 cannot translate"):
        engine.decode([["▁air"] * 400], Decoding(no_repeat_ngram_size=0), batch_tokens=64)


def test_nothing_to_decode(engine):
    assert engine.decode([], Decoding(), 64) == []


def test_counts_processors():
    assert available_threads() >= 1
