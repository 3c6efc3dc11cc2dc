"""Dates in running text, in the forms of several languages, and whether texts agree about them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align.dates import Date, agreement, read_dates, same
from pipeline.clean.dates import months

MARCH_12 = Date(None, 3, 12)
FULL = Date(2026, 3, 12)


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        ("en", "The pier opened on March 12, after a long winter.", {MARCH_12}),
        ("en", "The pier opened on 12 March 2026.", {FULL}),
        ("en", "It was signed on the 12th of March, 2026.", {FULL}),
        ("en", "Updated 2026-03-12 by the desk.", {FULL}),
        ("en", "In March 2026 the pier opened.", {Date(2026, 3)}),
        ("en", "On Thursday, Mar. 12, nobody came.", {MARCH_12, Date(weekday=4)}),
        ("en", "Both 3/4/2026 and 4/3/2026 may be meant.", set()),
        ("en", "It cannot be anything else: 25/3/2026 or 3/25/2026.", {Date(2026, 3, 25)}),
        ("id", "Dermaga dibuka pada 12 Maret 2026.", {FULL}),
        ("id", "Dermaga dibuka pada Kamis (12/3) pagi.", {MARCH_12, Date(weekday=4)}),
        ("id", "Dermaga dibuka tanggal 12 lalu.", {Date(day=12)}),
        ("id", "Minggu lalu 12 Mei masih jauh.", {Date(None, 5, 12)}),
        ("vi", "Bến tàu mở cửa vào ngày 12 tháng 3 năm 2026.", {FULL}),
        ("vi", "Bến tàu mở cửa ngày 12/3, sớm hơn dự kiến.", {MARCH_12}),
        ("vi", "Bến tàu mở cửa ngày 12-3-2026 và tháng 4/2026.", {FULL, Date(2026, 4)}),
        ("vi", "Sáng thứ Năm, lần thứ hai trong năm.", {Date(weekday=4)}),
        ("vi", "Sau 12 ngày, tháng sau.", set()),
        ("zh-Hans", "码头于2026年3月12日开放。", {FULL}),
        ("zh-Hant", "碼頭於３月１２日（週四）開放。", {MARCH_12, Date(weekday=4)}),
        ("zh-Hans", "码头12日开放，12日本游客到场，一周一次。", {Date(day=12)}),
        ("zh-Hans", "三月十二日，2026年4月，三十一", {MARCH_12, Date(2026, 4)}),
        ("ja", "3月12日（木曜）に開いた。3日間。", {MARCH_12, Date(weekday=4)}),
        ("ko", "2026년 3월 12일 목요일에 열렸다.", {FULL, Date(weekday=4)}),
        ("th", "เปิดเมื่อวันที่ 12 มีนาคม 2569", {FULL}),
        ("tr", "13 APRİL 2026, 13 aprıl", {Date(2026, 4, 13), Date(None, 4, 13)}),
        ("de", "Am 12. März 2026 war es so weit.", {FULL}),
        ("fr", "Le 12 mars, jeudi, le quai a ouvert.", {MARCH_12, Date(weekday=4)}),
        ("es", "El 12 de marzo de 2026 abrió el muelle.", {FULL}),
        ("en", "You may 3 times try; 12 may pass, 5 percent in march 12.", set()),
        ("en", "They won 3-1 (3-1) in 2026, 45 minutes, on 31 June 2026.", set()),
        ("en", "The score of May 12% is 12.5 of March 3.5 metres.", set()),
    ],
)
def test_dates_are_read_as_far_as_they_are_told(lang, text, dates):
    assert read_dates(text, lang)[0] == dates


def test_what_is_left_holds_no_numbers_of_the_dates():
    rest = read_dates("On 12 March 2026, 48 boats sailed; 3月12日; ngày 12 tháng 3.", "en")[1]
    assert [word for word in rest.split() if any(c.isdigit() for c in word)] == ["48"]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (FULL, MARCH_12, True),
        (FULL, Date(day=12), True),
        (FULL, Date(weekday=4), True),
        (FULL, Date(weekday=5), False),
        (MARCH_12, Date(None, 3, 14), False),
        (MARCH_12, Date(weekday=4), None),
        (Date(2026, 3), Date(day=12), None),
        (Date(2026, 3), Date(2025, 3), False),
    ],
)
def test_dates_are_compared_in_what_both_tell(one, other, verdict):
    assert same(one, other) is verdict
    assert same(other, one) is verdict


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ({MARCH_12}, {FULL, Date(2025, 1, 1)}, 1),
        ({MARCH_12}, {Date(None, 4, 12)}, 0),
        ({MARCH_12, Date(None, 5, 1)}, {FULL, Date(None, 6, 1)}, 0.5),
        ({MARCH_12}, set(), None),
        ({MARCH_12}, {Date(weekday=4)}, None),
    ],
)
def test_agreement_is_the_share_that_the_other_has_too(a, b, share):
    assert agreement(a, b) == share


@pytest.mark.parametrize(
    ("known", "words"),
    [(FULL, "12 March 2026"), (MARCH_12, "12 March"), (Date(day=12), "day 12"), (Date(weekday=4), "Thursday")],
)
def test_dates_are_named_in_english(known, words):
    assert str(known) == words


@settings(deadline=None)
@given(st.text(), st.sampled_from(["en", "vi", "zh-Hans", "th"]))
def test_any_text_can_be_read(text, lang):
    dates, _ = read_dates(text, lang)
    assert agreement(dates, dates) in {1, None}


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_reads_the_same_in_every_language(day):
    forms = {
        "en": f"on {day.day} {day:%B} {day.year}",
        "id": f"pada {day.year}-{day.month:02}-{day.day:02}",
        "vi": f"ngày {day.day} tháng {day.month} năm {day.year}",
        "zh-Hans": f"于{day.year}年{day.month}月{day.day}日",
    }
    read = {read_dates(text, lang)[0] for lang, text in forms.items()}
    assert read == {frozenset({Date(day.year, day.month, day.day)})}


@pytest.mark.parametrize("name", months())
def test_months_are_known_in_capitals_and_with_the_letters_i_of_turkish(name):
    spellings = {name.upper(), name.upper().replace("I", "İ"), name.title().replace("i", "ı")}
    assert len({read_dates(f"12 {spelling} 2026", "tr")[0] for spelling in spellings}) == 1
