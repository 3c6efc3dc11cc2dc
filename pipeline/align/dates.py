"""Dates that a text names, as far as it names them, and whether two texts agree about them.

Unlike `pipeline.clean.dates`, which looks for the date of an article, this reads every date in running text: most lack
the year, some the month.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.clean.dates import months
from pipeline.clean.fold import fold
from pipeline.numbered import alternatives, read_numbered

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT = 3  # letters of a month's name that is a word of some language too, unless it has a capital
NOON = 12
BUDDHIST, BUDDHIST_FROM = 543, 2400
_HAN = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


class Date(NamedTuple):
    """What is known of a date; `weekday` counts from 1, Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def __str__(self) -> str:
        """Return the date in English words."""
        named = [
            WEEKDAYS[self.weekday - 1] if self.weekday else None,
            str(self.day) if self.day else None,
            MONTHS[self.month - 1] if self.month else None,
            str(self.year) if self.year else None,
        ]
        words = " ".join(part for part in named if part)
        return f"day {words}" if words.isdigit() else words


def read_dates(text: str, lang: str) -> tuple[frozenset[Date], str]:
    """Return the dates in a text and what is left of it without them; a month or a year alone is no date.

    Day and month in figures are read day first, except in English, where they are passed over when either may be meant.
    """
    rest = unicodedata.normalize("NFKC", text)
    found: set[Date] = set()
    for pattern in _patterns():
        for match in pattern.finditer(rest):
            found.update(_date(match, lang))
        rest = pattern.sub(_blanked, rest)
    for match in _weekdays().finditer(rest):
        found.add(Date(weekday=_weekday_numbers()[match.group()]))
    return frozenset(found), rest


def agreement(a: Iterable[Date], b: Iterable[Date]) -> float | None:
    """Return the share of the dates of the side with fewer that the other has too; None where none can be compared."""
    fewer, more = sorted((list(a), list(b)), key=len)
    verdicts = [{same(one, other) for other in more} - {None} for one in fewer]
    judged = [True in verdict for verdict in verdicts if verdict]
    return sum(judged) / len(judged) if judged else None


def same(one: Date, other: Date) -> bool | None:
    """Say whether two dates agree in all that both tell; None where there is nothing that both tell."""
    pairs = [(x, y) for x, y in zip(_complete(one), _complete(other), strict=True) if x is not None and y is not None]
    return all(x == y for x, y in pairs) if pairs else None


def _complete(known: Date) -> Date:
    """Add the day of the week where it follows from the rest."""
    if known.year and known.month and known.day:
        return known._replace(weekday=date(known.year, known.month, known.day).isoweekday())
    return known


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the forms, those that tell more before those that tell less."""
    month = rf"(?P<name>{'|'.join(sorted(map(re.escape, months()), key=len, reverse=True))})\b\.?"
    year, day = r"(?P<y>(?:19|20|25)\d\d)(?!\d)", r"(?<![\d.,])(?P<d>\d{1,2})"
    number, han = r"(?P<m>\d{1,2})(?!\d)", "[一二三四五六七八九十]{1,3}"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?<!\d){year}\s?[-/.]\s?(?P<m>\d{{1,2}})\s?[-/.]\s?(?P<d>\d{{1,2}})(?!\d)",
            rf"(?<!\d)(?:{year}\s?[年년]\s?)?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日号號일]",
            rf"(?<!\d){year}\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]",
            rf"(?P<m>{han})月(?P<d>{han})[日号號]",
            rf"{day},?\stháng\s{number}(?:(?:[\s,]+(?:năm\s)?|\s?/\s?){year})?",
            rf"\btháng\s{number}(?:[\s,]+năm\s|\s?/\s?|\s){year}",
            rf"(?<![\d.,])(?P<first>\d{{1,2}})\s?[-/.]\s?(?P<second>\d{{1,2}})\s?[-/.]\s?{year}",
            r"(?:\bngày\s|\btanggal\s|\()(?P<first>\d{1,2})\s?/\s?(?P<second>\d{1,2})(?![\d/])",
            rf"{day}(?:st|nd|rd|th|º|er|\.)?[\s\-]?(?:of\s|de\s)?{month}(?:,?[\s\-]?(?:de\s)?{year})?",
            rf"(?<!\w){month}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%])(?![.,:/]\d)(?:,?\s{year})?",
            rf"(?<!\w){month},?\s(?:de\s)?{year}",
            r"(?:\bngày|\btanggal)\s(?P<d>\d{1,2})(?![\d%])(?![.,:/]\d)",
            r"(?<![\d月월.,])(?P<d>\d{1,2})(?:日(?![間间内內本])|일(?!\s?간))",
        )
    )


@cache
def _months() -> dict[str, int]:
    """Return the months by name, folded: ignoring case, a pattern takes Turkish's İ and ı for i."""
    return {fold(name): month for name, month in months().items()}


@cache
def _weekday_numbers() -> dict[str, int]:
    return read_numbered("pipeline.align", "weekdays.toml")


@cache
def _weekdays() -> re.Pattern[str]:
    """Match a day's name; 周一 is none in 一周一次 (once a week)."""
    spaced, joined = alternatives(_weekday_numbers())
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|(?<![一二三四五六七八九十两兩每\d])(?:{joined})")


def _blanked(match: re.Match[str]) -> str:
    return " " if _is_month(match) else match.group()


def _is_month(match: re.Match[str]) -> bool:
    """Tell a month's name from a word that happens to be spelt like one: `12 mar`, `out 5`, `may 3`."""
    name = match.groupdict().get("name")
    return not name or not name[0].islower() or (len(name) > SHORT and match.start("name") > match.start())


def _date(match: re.Match[str], lang: str) -> Iterator[Date]:
    if not _is_month(match):
        return
    parts = match.groupdict()
    year, day = _number(parts.get("y")), _number(parts.get("d"))
    month = _months()[fold(parts["name"])] if parts.get("name") else _number(parts.get("m"))
    if parts.get("first"):
        day, month = _in_figures(int(parts["first"]), int(parts["second"]), lang)
    if year and year >= BUDDHIST_FROM:
        year -= BUDDHIST
    if (day or month) and _exists(year, month, day):
        yield Date(year, month, day)


def _in_figures(first: int, second: int, lang: str) -> tuple[int, int] | tuple[None, None]:
    """Return day and month of two numbers, nothing where English may mean either order."""
    if lang.startswith("en") and first != second and max(first, second) <= NOON:
        return None, None
    return (second, first) if second > NOON else (first, second)


def _number(text: str | None) -> int | None:
    """Read figures, or Chinese numerals up to 99."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + _HAN.get(ones, 0)


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    try:
        date(year or 2000, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True
