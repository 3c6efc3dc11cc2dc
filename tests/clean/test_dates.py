"""Dates in every form that the lexicon's languages use."""

import pytest

from pipeline.clean.dates import find_date

DATES = {
    "2024-12-07 01:33:17": "2024-12-07T01:33:17",
    "2025/05/12 10:34": "2025-05-12T10:34",
    "2025年3月4日 08:05": "2025-03-04T08:05",
    "2025년 3월 4일": "2025-03-04",
    "Senin, 12 Mei 2025 10:34 WIB": "2025-05-12T10:34",
    "7 Agustus 2023 | 19.20": "2023-08-07T19:20",
    "Thứ hai, 12/5/2025, 10:34 (GMT+7)": "2025-05-12T10:34",
    "ngày 8 tháng 10 năm 2025": "2025-10-08",
    "8 Tháng Mười, 2025": "2025-10-08",
    "May 12, 2025 at 10:34 PM": "2025-05-12T22:34",
    "12:05 a.m. May 12, 2025": "2025-05-12T00:05",
    "12th of no month": None,
    "12 May 2025": "2025-05-12",
    "23. April 2024": "2024-04-23",
    "12 de mayo de 2025": "2025-05-12",
    "1er mars 2021": "2021-03-01",
    "21 มกราคม 2562": "2019-01-21",
    "3/13/2020": "2020-03-13",
    "5/12/2020": "2020-12-05",
    "31/02/2020": None,
    "2019-11-18T22:05:36Z": "2019-11-18T22:05:36",
    "１２ 2024年1月2日": "2024-01-02",
    "room 2024": None,
    "call 0812-2024-1999": None,
    "": None,
}


@pytest.mark.parametrize("text", DATES)
def test_dates(text):
    found = find_date(text)
    assert (found.iso if found else None) == DATES[text]


def test_the_span_covers_date_and_time():
    found = find_date("凤凰 2024-12-07 01:33:17 读")
    assert found
    assert "凤凰 2024-12-07 01:33:17 读"[found.start : found.end].strip() == "2024-12-07 01:33:17"


@pytest.mark.parametrize(
    ("before", "date", "after"),
    [
        ("Hürriyet İstanbul ", "2024-12-07 01:33", ""),
        ("Tin tức… ", "2024-12-07", " …"),
        ("½ ㈱", "２０２４年１２月７日", "㈱"),
        ("Tin tu\u031b\u0301c ", "2024-12-07", " e\u0301"),
        ("e\u0301", "2024-12-07", ""),
        ("", "7 Desember 2024", " – İzmir"),
    ],
)
def test_the_span_counts_in_the_line_as_written(before, date, after):
    found = find_date(before + date + after)
    assert found
    assert (before + date + after)[: found.start] == before
    assert (before + date + after)[found.end :].lstrip() == after.lstrip()
