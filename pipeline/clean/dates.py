"""Dates as articles write them, in any of our languages, to ISO 8601."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pipeline.numbered import read_numbered

_BUDDHIST = 543
_BUDDHIST_FROM = 2400
_NOON = 12
_EARLIEST, _LATEST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a line: ISO text, and the span it takes with its time of day, in the line as written."""

    iso: str
    start: int
    end: int


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its names, in lower case."""
    return read_numbered("pipeline.clean", "months.toml")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    year = r"(?P<y>(?:19|20|25)\d\d)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?<!\d){year}\s?[-/.年년]\s?(?P<m>\d{{1,2}})\s?[-/.月월]\s?(?P<d>\d{{1,2}})(?!\d)\s?[日일]?",
            rf"(?<!\d)(?P<d>\d{{1,2}})\s?[-/.]\s?(?P<m>\d{{1,2}})\s?[-/.]\s?{year}(?!\d)",
            rf"(?:ngày\s)?(?<!\d)(?P<d>\d{{1,2}}),?\stháng\s(?P<m>\d{{1,2}})[\s,]+(?:năm\s)?{year}",
            rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|º|er)?[\s.\-/]+(?:de\s)?(?P<name>{month})\b\.?,?[\s\-/]*(?:de\s)?{year}(?!\d)",
            rf"(?<!\w)(?P<name>{month})\b\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{year}(?!\d)",
        )
    )


_YEAR = re.compile(r"(?:[1１][9９]|[2２][0０5５])\d\d")
_TIME = re.compile(
    r"[\st,|·•\-–—(]{0,4}(?:at|pukul|jam|lúc|um|à|klo)?\s?(?<!\d)(?P<h>\d{1,2})\s?[:.h时時]\s?(?P<min>\d{2})"
    r"(?::(?P<s>\d{2}))?(?!\d)\s?(?P<half>[ap]\.?m\b\.?)?"
)
_TIME_BEFORE = re.compile(
    r"(?<!\d)(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2}))?\s?(?P<half>[ap]\.?m\b\.?)?[^\d]{0,12}$"
)


def find_date(text: str) -> Dated | None:
    """Find the first date of a line, with the time of day that stands beside it.

    An all-number date is read day first, as Indonesian, Vietnamese and most others write it, unless only month first
    makes a date. A Thai year of the Buddhist era is turned into the common one. No time zone is guessed.
    """
    if not _YEAR.search(text):
        return None
    folded = _folded(text)
    found = [match for pattern in _patterns() if (match := pattern.search(folded))]
    for match in sorted(found, key=re.Match.start) if len(found) > 1 else found:
        date = _date(match)
        if date is None:
            continue
        time = _TIME.match(folded, match.end())
        end = time.end() if time else match.end()
        time = time or _TIME_BEFORE.search(folded, 0, match.start())
        start = time.start() if time and time.start() < match.start() else match.start()
        return Dated(date + _clock(time), *_as_written(text, start, end))
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _as_written(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a span of the folded text stands in `text`: folding lengthens … and İ, and composes accents.

    Beginnings of the text are folded anew, as the span may begin after any of several characters that became one.
    """
    if text.isascii():
        return start, end

    def length(at: int) -> int:
        return len(_folded(text[:at]))

    places = range(len(text) + 1)
    return bisect_right(places, start, key=length) - 1, bisect_left(places, end, key=length)


def as_iso(text: str) -> str | None:
    """Return the date that a container gives in ISO 8601; what is in it already stays as it stands, zone included."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        found = find_date(text)
        return found.iso if found else None
    return text


def _date(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year, day = int(parts["y"]), int(parts["d"])
    month = months()[parts["name"]] if parts.get("name") else int(parts["m"])
    if month > _NOON >= day:
        month, day = day, month
    if year >= _BUDDHIST_FROM:
        year -= _BUDDHIST
    try:
        date = datetime(year, month, day)  # noqa: DTZ001  # a calendar date: the article names no zone
    except ValueError:
        return None
    return date.date().isoformat() if _EARLIEST <= year <= _LATEST else None


def _clock(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    hour, minute, second = int(match["h"]), match["min"], match["s"]
    half = (match["half"] or "")[:1]
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    if hour > 23 or int(minute) > 59:  # noqa: PLR2004  # the clock
        return ""
    return f"T{hour:02d}:{minute}" + (f":{second}" if second else "")
