"""What an article says about itself, read from the lines that are being removed."""

import re
from collections.abc import Sequence

from pipeline.clean.dates import as_iso, find_date
from pipeline.clean.fold import MARKS, fold
from pipeline.clean.lexicon import Hit, load
from pipeline.records import Declared, Metadata

_CUT = re.compile(r"\s*[|/丨;,]\s*|\s{2,}|\s+-\s+")
_NEXT = re.compile(r"\s+(?=[^\s:：]{1,12}\s?[:：])")
# Where a syndication sentence names the outlet, in the languages of the lexicons.
_SYNDICATION = re.compile(
    r"(?:\b(?:muncul|tayang|terbit|diterbitkan|dipublikasikan)\s(?:di|oleh|dalam)"
    r"|\bappeared\s(?:first\s)?(?:on|in)|\bpublished\s(?:on|by|in)|\b(?:republished|reprinted) from"
    r"|\bđăng (?:lần đầu )?trên|\bhiện (?:lần đầu |đầu tiên )?trên|首发于|首發於|转载自|轉載自|转自|轉自"
    r"|(?:出现|刊登|发布|发表|出現|發佈|發表)[在于於])\s*[:：]?\s*(?P<source>[^。,，]+)",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|thứ .*|chủ nhật"
    r"|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|(?:星期|周|週|礼拜|禮拜).?|\d.*)$",
    re.IGNORECASE,
)
_SPEAKING = ("metadata", "credit")
_LONGEST_VALUE = 60
_SOURCE_WORDS = 4


def read_metadata(lines: Sequence[tuple[str, str, Hit]], title: str | None) -> Metadata:
    """Gather title, byline, source and date of publication; of several claims the first on the page counts.

    Each line comes as written and folded, with what speaks against it.
    """
    byline = source = published = None
    for text, folded, hit in lines:
        if hit.label in _SPEAKING and not (byline and source):
            named = _named(text, folded)
            byline, source = byline or named.get("byline"), source or named.get("source")
        source = source or _syndicated(text, hit)
        if (hit.field == "dated" or hit.label == "metadata") and not (published and source):
            date = find_date(text)
            published = published or (date.iso if date else None)
            if date and hit.rule == "pattern.date":
                source = source or _before(text, date.start)
    return Metadata(title, byline, source, published)


def with_declared(found: Metadata, declared: Declared) -> Metadata:
    """Fill in from the container what the page itself does not say."""
    return Metadata(
        found.title or declared.title,
        found.byline or declared.byline,
        found.source or declared.source,
        found.published or as_iso(declared.published or ""),
    )


def _named(text: str, folded: str) -> dict[str, str]:
    """Read `Penulis: Rina | Editor: Bayu` and `来源:环球网 作者:王磊`: the first value of each field on the line."""
    found: dict[str, str] = {}
    for part in dict.fromkeys((text, *_pieces(text))):
        hit = load().opening((folded if part == text else fold(part)).lstrip(MARKS))
        if hit and hit.field and hit.field not in found:
            after = part.lstrip(MARKS)[len(hit.phrase) :].lstrip(MARKS)
            value = _NEXT.split(_CUT.split(after)[0])[0].strip(MARKS)
            if value and len(value) <= _LONGEST_VALUE:
                found[hit.field] = value
    return found


def _pieces(text: str) -> list[str]:
    return [piece for part in re.split(r"\s*[|丨]\s*", text) for piece in _NEXT.split(part)]


def _syndicated(text: str, hit: Hit) -> str | None:
    if hit.label != "syndication":
        return None
    found = _SYNDICATION.search(text)
    value = found["source"].strip(MARKS) if found else ""
    return value if 0 < len(value) <= _LONGEST_VALUE else None


def _before(text: str, end: int) -> str | None:
    """Read the outlet that stands before a bare date: `凤凰科技 2024-12-07 01:33`."""
    value = text[:end].strip(MARKS)
    return value if value and not _is_weekday(value) and len(value.split()) <= _SOURCE_WORDS else None


def _is_weekday(text: str) -> bool:
    """Tell whether a text is only a day of the week or a number."""
    return bool(_WEEKDAYS.match(text.strip()))
