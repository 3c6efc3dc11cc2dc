"""Cut where sentencex does not: after a full stop that no space follows, and inside long quotations."""

import re
from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]

_OPENING = "“‘「『（《〈【"
_CLOSING = "”’」』）》〉】"

_MARK = re.compile(rf"(?P<open>[{_OPENING}])|(?P<close>[{_CLOSING}])|(?P<stop>[。！？｡។۔]+[{_CLOSING}]*)")

_QUOTES = str.maketrans(dict.fromkeys('“”„‟"「」『』«»', " "))

_TRAILING_OPENING = re.compile(r"[“„「『«(（]\s*$")


def cut_full_stops(text: str) -> Iterator[str]:
    """Cut after each full stop of a script without spaces, with what closes there, unless inside a quotation."""
    start = depth = 0
    for mark in _MARK.finditer(text):
        if mark["open"]:
            depth += 1
        else:
            depth = max(0, depth - sum(character in _CLOSING for character in mark[0]))
        if mark["stop"] and depth == 0 and mark.end() < len(text):
            yield text[start : mark.end()]
            start = mark.end()
    yield text[start:]


def cut_long_quote(text: str, rules: str, limit: int) -> Iterator[str]:
    """Cut a sentence of more than `limit` bytes as if its quotation marks and brackets were not there.

    sentencex keeps a quotation whole however long it is. Opening marks go with what they open.
    """
    if len(text.encode()) <= limit:
        yield text
        return
    start = end = 0
    for piece in sentencex.segment(rules, text.translate(_QUOTES)):
        end += len(piece)
        opening = _TRAILING_OPENING.search(text, start, end) if end < len(text) else None
        cut = opening.start() if opening else end
        if cut > start:
            yield text[start:cut]
            start = cut
    if start < len(text):
        yield text[start:]
