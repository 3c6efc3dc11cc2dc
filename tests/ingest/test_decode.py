"""Encodings and line endings, on sentences of our own in every encoding that matters."""

import contextlib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SeedError
from pipeline.ingest.decode import decode, unify_line_endings
from pipeline.ingest.legacy import guess

HANS = "老桥昨天重新开放，附近的居民说，他们等这一天已经等了两年。\n市场里的菜价也降了一些。"
HANT = "老橋昨天重新開放，附近的居民說，他們等這一天已經等了兩年。\n市場裡的菜價也降了一些。"
JA = "古い橋が昨日また開いた。近くの住民は、この日を二年も待っていたと話した。"
KO = "오래된 다리가 어제 다시 열렸다. 주민들은 이날을 이 년 동안 기다렸다고 말했다."
TH = "สะพานเก่าเปิดอีกครั้งเมื่อวานนี้ ชาวบ้านบอกว่ารอวันนี้มาสองปีแล้ว"
RU = "Старый мост вчера снова открыли. Жители говорят, что ждали этого дня два года."
UK = "Старий міст учора знову відкрили. Мешканці кажуть, що чекали на цей день два роки."
EL = "Η παλιά γέφυρα άνοιξε ξανά χθες. Οι κάτοικοι λένε ότι περίμεναν δύο χρόνια."
HE = "הגשר הישן נפתח שוב אתמול והתושבים חיכו שנתיים"
AR = "فتح الجسر القديم مرة أخرى أمس وقال السكان إنهم انتظروا عامين"
VI = "Cây cầu cũ đã mở lại hôm qua. Người dân nói họ đã chờ ngày này suốt hai năm."
FR = "Le vieux pont a rouvert hier. Les habitants disent qu’ils l’ont attendu deux ans à côté du marché fermé."
ES = "El puente viejo abrió ayer. ¿Cuánto esperaron los vecinos? Dos años, según la señora Núñez."
DE = "Die alte Brücke ist seit gestern wieder geöffnet. Die Anwohner hätten zwei Jahre gewartet, heißt es."
PL = "Stary most znów otwarto wczoraj. Mieszkańcy mówią, że czekali na tę chwilę dwa długie lata."
CS = "Starý most byl včera znovu otevřen. Lidé říkají, že na tento den čekali dva roky."
TR = "Eski köprü dün yeniden açıldı. Çevrede oturanlar bugünü iki yıl beklediklerini söyledi."
ID = "Jembatan lama dibuka lagi – “kami menunggu dua tahun”, kata warga."


def as_windows_1258(text):
    """Write Vietnamese as Windows-1258 does: base letters whole, tone marks apart."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for character in text:
        split = unicodedata.normalize("NFD", character)
        base = unicodedata.normalize("NFC", "".join(mark for mark in split if mark not in tones))
        parts.append(base + "".join(mark for mark in split if mark in tones))
    return "".join(parts).encode("cp1258")


SAMPLES = [
    (HANS, "gb18030"), (HANS, "gbk"), (HANS, "hz"), (HANS, "utf-16-le"), (HANS, "utf-16-be"), (HANS, "utf-32-le"),
    (HANT, "big5"), (HANT, "gb18030"), (HANT, "utf-16-be"),
    (JA, "cp932"), (JA, "euc_jp"), (JA, "iso2022_jp"),
    (KO, "cp949"), (KO, "iso2022_kr"), (TH, "cp874"), (TH, "tis-620"),
    (RU, "cp1251"), (RU, "koi8-r"), (RU, "cp866"), (UK, "cp1251"), (EL, "cp1253"), (HE, "cp1255"), (AR, "cp1256"),
    (FR, "cp1252"), (ES, "cp1252"), (DE, "cp1252"), (ID, "cp1252"), (ES, "latin-1"), (PL, "cp1250"), (PL, "iso8859_2"),
    (CS, "cp1250"), (TR, "cp1254"), (FR, "utf-16-le"), (ID, "utf-16-be"), (VI, "utf-32-be"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), SAMPLES, ids=[f"{text[:8]}-{enc}" for text, enc in SAMPLES])
def test_reads_back_what_was_written(text, encoding):
    assert decode(text.encode(encoding), "a.txt")[0] == text


@pytest.mark.parametrize(("text", "encoding"), SAMPLES, ids=[f"{text[:8]}-{enc}" for text, enc in SAMPLES])
def test_reads_a_headline_back(text, encoding):
    headline = text.split(".")[0].split("。")[0]
    assert decode(headline.encode(encoding), "a.txt")[0] == headline


def test_windows_1258_composes_to_vietnamese():
    text, encoding = decode(as_windows_1258(VI), "a.txt")
    assert encoding == "cp1258"
    assert unicodedata.normalize("NFC", text) == VI


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [HANS, VI, TH, FR])
def test_a_byte_order_mark_decides_and_goes(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


def test_gb18030_byte_order_mark():
    assert decode(("\ufeff" + HANS).encode("gb18030"), "a.txt") == (HANS, "gb18030")


def test_one_broken_byte_does_not_cost_a_utf8_article():
    data = (HANS * 3).encode()
    text, encoding = decode(data[:42] + b"\xff" + data[42:], "a.txt")
    assert encoding == "utf-8"
    assert text.count("\ufffd") == 1
    assert "市场里的菜价也降了一些" in text


def test_a_cut_last_character_does_not_cost_a_utf8_article():
    text, encoding = decode((VI * 3).encode()[:-1] + "ộ".encode()[:2], "a.txt")
    assert encoding == "utf-8"
    assert text.startswith(VI)


def test_one_broken_byte_does_not_cost_a_big5_article():
    data = (HANT * 5).encode("big5")
    text, encoding = decode(data[:-2] + b"\xff\xff", "a.txt")
    assert encoding == "big5hkscs"
    assert text.startswith(HANT * 4)


def test_a_legacy_article_in_an_english_page():
    text = "Home\nSports\nContact us\n" * 400 + HANS
    assert decode(text.encode("gbk"), "a.txt")[0] == text


def test_long_files_are_judged_by_a_sample_of_whole_lines():
    text = (HANT + "\n") * 2000
    assert decode(text.encode("big5"), "a.txt")[0] == text


def test_unknown_bytes_are_refused():
    assert guess(bytes(range(0x80, 0x100))) is None
    with pytest.raises(SeedError, match="UTF-8") as caught:
        decode(bytes(range(0x80, 0x100)) * 4, "a.txt")
    assert caught.value.code == "undecodable"


@pytest.mark.parametrize(
    ("raw", "unified"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\r\r\nb", "a\n\nb"),
        ("a\x85b\x85", "a\nb\n"),
        ("a\x85b\nc", "a\x85b\nc"),
        ("a\u2028b\u2029c\vd\fe", "a\u2028b\u2029c\vd\fe"),
    ],
)
def test_line_endings(raw, unified):
    assert unify_line_endings(raw) == unified
    assert decode(raw.encode(), "a.txt")[0] == unified


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_utf8_is_always_read_as_utf8(text):
    text = text.lstrip("\ufeff") or "a"
    if any(mark in text for mark in ("~{", "%PDF-", "PK")):
        return
    decoded, encoding = decode(text.encode(), "a.txt")
    assert (decoded, encoding) == (text, "utf-8")


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_refused(data):
    with contextlib.suppress(SeedError):
        text, encoding = decode(data, "a.txt")
        assert "\r" not in text
        assert encoding
