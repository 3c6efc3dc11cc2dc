import pytest

from pipeline.errors import ModelError
from pipeline.translate.engine import Decoding, Engine, available_threads, output_limit


@pytest.fixture
def engine(dictionary_store):
    return Engine(dictionary_store.packs()[0], "int8", threads=1)


def test_answers_in_order_with_probabilities(engine):
    found = engine.decode([["▁air"], ["▁kucing", "▁tidur"], ["▁buku"]], Decoding(), batch_tokens=64)
    assert [answer.pieces for answer in found] == [("▁water",), ("▁cat", "▁sleeps"), ("▁book",)]
    assert all(-5 < answer.log_prob <= 0 for answer in found)
    assert not any(answer.cut for answer in found)


@pytest.mark.parametrize("penalty", [0.0, 0.2, 1.0])
def test_log_probability_is_a_mean_whatever_the_length_penalty(engine, penalty):
    plain = engine.decode([["▁kucing", "▁tidur"]], Decoding(length_penalty=1.0), batch_tokens=64)[0]
    other = engine.decode([["▁kucing", "▁tidur"]], Decoding(length_penalty=penalty), batch_tokens=64)[0]
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
