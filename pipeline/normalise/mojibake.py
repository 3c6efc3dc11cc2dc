"""Undo wrong decodings: what ftfy knows, what happens between East Asian encodings, and what only a page shows."""

import re
from collections.abc import Iterable
from functools import cache

import ftfy
from ftfy import TextFixerConfig
from ftfy.badness import BADNESS_RE

from pipeline.ingest.legacy import guess

_CONFIG = TextFixerConfig(explain=False)
# Four such characters in a row are no Latin text; as bytes they may be Chinese, Japanese, Korean, Thai or Cyrillic.
_BYTES_AS_LATIN = re.compile("[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]{4}")
MIN_LEGACY_SCORE = 0.8
_LATIN_ENCODINGS = ("cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2", "iso8859_16")
_RUN = re.compile("[^\x00-\x7f]+")
# Whatever ftfy takes for mojibake holds a character beyond these, and is shorter than the reach.
_HARMLESS = (
    "\x00-\x7fßàáâãäåæçèéêëìíîïðñòóôõöøùúûüāăąćčďđēęěğīłńňőřśşšţťūůźżžĩũơư\u1ea0-\u1ef9’–—…"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uffee"
)
_DOUBTFUL = re.compile(f"[^{_HARMLESS}]+")
_REACH = 7
BAD_STARTS = ("Ã ", "Â ")  # that ftfy takes for mojibake only where a text starts
PAGE_ENCODINGS = ("sloppy-windows-1252", "latin-1", "sloppy-windows-1250", "sloppy-windows-1251", "macroman", "cp437")
MIN_PAGE_LINES = 2
MAX_CUT_BYTES = 2


def fix_mojibake(text: str) -> str:
    """Decode again what was decoded wrongly, when the text itself proves it."""
    if text.isascii():
        return text
    if _BYTES_AS_LATIN.search(text):
        text = _legacy_as_latin(text)
    text = ftfy.fixes.fix_c1_controls(ftfy.fix_encoding(text, _CONFIG))
    return _RUN.sub(_utf8_as_gbk, text) if _utf8_as_gbk_trace().search(text) else text


def is_bad(text: str) -> bool:
    """Say whether ftfy takes a text for mojibake; it is only shown the places where that may be, which is quicker."""
    return any(
        BADNESS_RE.search(text, max(0, place.start() - _REACH), place.end() + _REACH)
        for place in _DOUBTFUL.finditer(text)
    )


def may_be_misread(text: str) -> bool:
    """Say, at little cost, whether an East Asian mix-up is possible."""
    return bool(_BYTES_AS_LATIN.search(text) or _utf8_as_gbk_trace().search(text))


def page_encoding(lines: Iterable[str]) -> str | None:
    """Return the encoding in which a whole page of UTF-8 was misread, or None.

    A headline alone may be too short to prove it. Two bad lines are needed, and half of all lines beyond ASCII must
    read as UTF-8 again: that leaves pages alone that merely quote some mojibake.
    """
    foreign = [line for line in lines if not line.isascii()]
    if sum(map(is_bad, foreign)) < MIN_PAGE_LINES:
        return None
    counts = {encoding: sum(reread(line, encoding) != line for line in foreign) for encoding in PAGE_ENCODINGS}
    best = max(PAGE_ENCODINGS, key=lambda encoding: counts[encoding])
    return best if counts[best] >= MIN_PAGE_LINES and 2 * counts[best] >= len(foreign) else None


def reread(text: str, encoding: str) -> str:
    """Read a text's bytes in `encoding` as UTF-8; return it as it is when they are not."""
    try:
        return text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return text


def _legacy_as_latin(text: str) -> str:
    """Decode legacy bytes that were read as Windows-1252, when they read well in their own encoding."""
    try:
        data = text.encode("sloppy-windows-1252")
    except UnicodeEncodeError:
        return text
    high = sum(character > "\x7f" for character in text)
    if len(data.decode("utf-8", "ignore").encode()) > len(data) - high / 2:
        return text  # mostly UTF-8, which ftfy knows better
    found = guess(data)
    if found is None or found.score < MIN_LEGACY_SCORE or found.encoding in _LATIN_ENCODINGS:
        return text
    try:
        return data.decode(found.encoding)
    except UnicodeDecodeError:
        return text


@cache
def _utf8_as_gbk_trace() -> re.Pattern[str]:
    """Build the trace of UTF-8 read as GBK: two Han characters of three bytes each become three of two."""
    lead, trail = range(0xE3, 0xEA), range(0x80, 0xC0)
    classes = (_gbk_characters(lead, trail), _gbk_characters(trail, lead), _gbk_characters(trail, trail))
    return re.compile("".join(f"[{characters}]" for characters in classes))


def _gbk_characters(first: range, second: range) -> str:
    """Return the characters that GBK writes with these two bytes."""
    pairs = (bytes((a, b)).decode("gbk", "ignore") for a in first for b in second)
    return "".join(sorted({pair for pair in pairs if len(pair) == 1}))


def _utf8_as_gbk(run: re.Match[str]) -> str:
    """Read a run of characters' GBK bytes as UTF-8, when all of them are; a character cut at the end is lost."""
    text = run[0].rstrip("\ufffd")
    if not _utf8_as_gbk_trace().search(text):
        return run[0]
    try:
        data = text.encode("gb18030")
        fixed = data.decode("utf-8", "ignore")
    except UnicodeEncodeError:
        return run[0]
    lost = len(data) - len(fixed.encode())
    whole = data.startswith(fixed.encode()) and lost <= MAX_CUT_BYTES
    return fixed + run[0][len(text) :] if whole else run[0]
