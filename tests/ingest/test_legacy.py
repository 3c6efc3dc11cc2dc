"""The choice among legacy encodings: what speaks for one and what against."""

import pytest

from pipeline.ingest.legacy import guess, reads_well


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [
        ("经济新闻", "gb18030", "zh-Hans"),
        ("經濟新聞", "big5hkscs", "zh-Hant"),
        ("經濟新聞", "gb18030", "zh-Hant"),
        ("ニュース", "cp932", "ja"),
        ("뉴스 기사", "cp949", "ko"),
        ("ข่าววันนี้", "cp874", "th"),
        ("Мы читали эти новости", "cp1251", "ru"),
        ("Đường về", "cp1258", "vi"),
        ("¿Qué pasó, señor?", "cp1252", "es"),
    ],
)
def test_a_few_characters_suffice(text, encoding, language):
    data = text.encode(encoding) if encoding != "cp1258" else "Ðýõ\xccng v\xea\xcc".encode("latin-1")
    found = guess(data)
    assert (found.encoding, found.language) == (encoding, language)


@pytest.mark.parametrize("text", ["Café", "znów", "naïve", "Größe", "“ya”, katanya", "Rp5 – 7"])
def test_a_lone_western_letter_is_not_taken_for_another_script(text):
    found = guess(text.encode("cp1250" if text == "znów" else "cp1252"))
    assert found is not None
    assert found.encoding.startswith("cp125")


def test_ascii_speaks_for_no_encoding():
    assert guess(b"Air surut.") is None


def test_the_guess_depends_on_the_bytes_alone():
    data = "桥开了，水退了。".encode("gb18030")
    assert guess(data) == guess(data)


def test_a_declared_encoding_must_read_well():
    data = "Die Brücke ist für Ärzte geöffnet, heißt es.".encode("cp1252")
    assert reads_well(data, "cp1252")
    assert not reads_well(data, "big5hkscs")
    assert not reads_well(data, "gb18030")
