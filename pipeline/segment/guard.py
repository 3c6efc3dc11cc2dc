"""Decide whether a piece that the rules cut off still belongs to the sentence before it."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_TAIL = 60
"""How many characters before a cut are looked at; longer than any abbreviation."""

_WORD = re.compile(r"\w")
_LAST_WORD = re.compile(r"([\w.&’'-]+)\.[\"”’)\]]*\s*$")
_INITIAL = re.compile(r"(?:^|[\s.(\"“])[A-ZĐ]\.\s*$")
_LIST_NUMBER = re.compile(r"(?:^|[:：;；]\s*)[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)、．]\s*$")
_SMALL_OR_DIGIT = re.compile(r"[\s\"“‘'(\[]*(?:[a-zà-öø-ÿăđĩũơưạ-ỹ]|\d)")
_SMALL = re.compile(r"[\s\"“‘'(\[]*[a-zà-öø-ÿăđĩũơưạ-ỹ]")
_CLOSED_QUOTE = re.compile(r"[”’」』）》】]\s*$")
_CLOSED_TITLE = re.compile(r"[》〉]\s*$")
_GOES_ON = re.compile(r"\s*(?:[，、；：,;:]|と|って|という|など|的|地|得|之)")
"""What goes on with the sentence around a quotation that ended in a full stop."""


def has_word(text: str) -> bool:
    """Tell whether a text has a letter or a digit."""
    return _WORD.search(text) is not None


def belongs_to_previous(previous: str, piece: str, lang: str) -> bool:
    """Tell whether `piece` continues the sentence whose last piece is `previous`."""
    tail = previous[-_TAIL:]
    return (
        not has_word(piece)
        or (_SMALL.match(piece) is not None and not tail.endswith("\n"))
        or _LIST_NUMBER.search(tail) is not None
        or _CLOSED_TITLE.search(tail) is not None
        or (_CLOSED_QUOTE.search(tail) is not None and _GOES_ON.match(piece) is not None)
        or _after_abbreviation(tail, piece, lang)
    )


def _after_abbreviation(tail: str, piece: str, lang: str) -> bool:
    if _INITIAL.search(tail):
        return True
    last = _LAST_WORD.search(tail)
    if last is None:
        return False
    word = last[1].lower()
    if word in _abbreviations(lang, "before_name"):
        return True
    return word in _abbreviations(lang, "inside") and _SMALL_OR_DIGIT.match(piece) is not None


@cache
def _abbreviations(lang: str, kind: str) -> frozenset[str]:
    text = files(__package__).joinpath("abbreviations.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    sections = [table["all"], table.get(lang.split("-", maxsplit=1)[0], {})]
    return frozenset(word for section in sections for word in section.get(kind, "").split())
