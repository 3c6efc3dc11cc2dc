import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encode import Lexical, MemoryCache, encode_texts


class Counting(Lexical):
    def __init__(self):
        self.seen = []

    def encode(self, texts):
        self.seen.extend(texts)
        return super().encode(texts)


def test_each_distinct_text_is_encoded_once():
    encoder = Counting()
    rows = encode_texts(["red boat", "blue sea", "red boat"], encoder)
    assert encoder.seen == ["red boat", "blue sea"]
    assert (rows[0] == rows[2]).all()


def test_what_the_cache_holds_is_not_encoded_again():
    cache, first, second = MemoryCache(), Counting(), Counting()
    before = encode_texts(["red boat", "blue sea"], first, cache)
    after = encode_texts(["blue sea", "green hill"], second, cache)
    assert second.seen == ["green hill"]
    assert (before[1] == after[0]).all()


def test_no_texts_give_no_rows():
    assert len(encode_texts([], Lexical())) == 0


@given(st.lists(st.text(), max_size=6), st.randoms())
def test_a_vector_depends_on_its_own_text_alone(texts, random):
    alone = {text: encode_texts([text], Lexical())[0] for text in texts}
    shuffled = list(texts)
    random.shuffle(shuffled)
    for text, row in zip(shuffled, encode_texts(shuffled, Lexical()), strict=True):
        assert (row == alone[text]).all()


@given(st.text())
def test_rows_are_unit_or_zero(text):
    norm = float(np.linalg.norm(Lexical().encode([text])[0]))
    assert abs(norm - 1) < 1e-5 or norm == 0
