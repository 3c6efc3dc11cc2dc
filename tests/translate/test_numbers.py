import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translate import numbers


@pytest.mark.parametrize(
    ("lang", "text", "english", "value"),
    [
        ("id", "2.500 buku", "2,500", 2500),
        ("id", "4,8 persen", "4.8", 4.8),
        ("id", "Rp5 miliar", "5 billion", 5e9),
        ("id", "1.250.000 orang", "1,250,000", 1250000),
        ("id", "1.250,75 ton", "1,250.75", 1250.75),
        ("vi", "7,5 độ", "7.5", 7.5),
        ("vi", "3 triệu", "3 million", 3e6),
        ("vi", "50 nghìn", "50,000", 50000),
        ("zh-Hans", "3万本", "30,000", 30000),
        ("zh-Hans", "1.2亿人", "120 million", 1.2e8),
        ("zh-Hant", "10億條", "1 billion", 1e9),
        ("id", "1.234.567", "1,234,567", 1234567),
        ("id", "1,5 juta", "1.5 million", 1.5e6),
        ("vi", "$38.9", "38.9", 38.9),
        ("id", "0.250", "0.250", 0.25),
        ("zh-Hans", "3,5倍", "3.5", 3.5),
        ("zh-Hant", "２０２５年", "2025", 2025),
        ("zh-Hans", "3,200人", "3,200", 3200),
        ("ms", "12 orang", "12", 12),
        ("id", "versi 2.0.1", "2.0.1", 1),
        ("vi", "ngày 15.03.2026", "15.03.2026", 2026),
        ("zh-Hans", "192.168.1.1", "192.168.1.1", 168),
        ("id", "1,2,3", "1,2,3", 3),
        ("id", "pukul 19.30", "19.30", 7),
        ("id", "1,250.75 ton", "1,250.75", 1250.75),
        ("zh-Hans", "80年代", "80", 1980),
        ("id", "tahun 90-an", "90", 1990),
        ("zh-Hans", "3成", "3", 30),
    ],
)  # fmt: skip
def test_reads_and_writes_numbers(lang, text, english, value):
    found = numbers.written(text, lang)
    assert [number.english for number in found] == [english]
    assert value in found[0].values


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("id", "dua ratus lima puluh tiga", 253),
        ("id", "sebelas ribu", 11000),
        ("id", "tujuh belas", 17),
        ("id", "17 Agustus", 8),
        ("vi", "hai trăm năm mươi", 250),
        ("vi", "mười hai", 12),
        ("zh-Hans", "两百五十", 250),
        ("zh-Hans", "二〇二五年", 2025),
        ("zh-Hant", "三萬", 30000),
        ("zh-Hans", "十二个", 12),
        ("en", "thirty thousand", 30000),
        ("en", "two hundred and fifty", 250),
        ("en", "twenty-five", 25),
        ("en", "May", 5),
        ("en", "a dozen", 12),
        ("en", "the nineteenth century", 19),
        ("en", "the twenty-first time", 21),
        ("en", "two-thirds", 3),
    ],
)
def test_reads_number_words(lang, text, value):
    assert value in numbers.values(text, lang)


def test_a_scale_word_is_part_of_the_number():
    assert not numbers.written("3万", "zh-Hans")[0].values & numbers.values("3 million", "en")
    assert not numbers.written("5 miliar", "id")[0].values & numbers.values("5 million", "en")


def test_one_letter_may_be_a_unit():
    assert {5.0, 5e6} <= numbers.values("5 m", "en")


def test_a_range_shares_its_scale():
    assert [20000.0 in number.values for number in numbers.written("2-3万人", "zh-Hans")] == [True, False]


def test_spans_stand_where_the_text_has_them():
    text = "ada 2.500 buku dan 3 juta lagi"
    assert [text[n.start : n.end] for n in numbers.written(text, "id")] == ["2.500", "3 juta"]


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["id", "vi", "zh-Hans", "en", "xx"]))
def test_any_text_can_be_read(text, lang):
    for number in numbers.written(text, lang):
        assert number.values
        assert 0 <= number.start < number.end <= len(text)
    numbers.values(text, lang)


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_english_spelling_means_the_same(value):
    indonesian = f"{value:,}".replace(",", ".")
    (number,) = numbers.written(indonesian, "id")
    assert number.values & numbers.values(number.english, "en")
