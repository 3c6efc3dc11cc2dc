"""Decide whether a piece that the rules cut off still belongs to the sentence before it."""

import re
import tomllib
from collections.abc import Sequence
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


@cache
def _abbreviations(lang: str, kind: str) -> frozenset[str]:
    text = files(__package__).joinpath("abbreviations.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    sections = [table["all"], table.get(lang.split("-", maxsplit=1)[0], {})]
    return frozenset(word for section in sections for word in section.get(kind, "").split())


def belongs_to_previous(previous: Sequence[str], piece: str, lang: str) -> bool:
    """Tell whether `piece` continues the sentence that the pieces `previous` make."""
    tail = previous[-1][-_TAIL:]
    if not _WORD.search(piece) or not any(_WORD.search(part) for part in previous):
        return True
    return (
        (_SMALL.match(piece) is not None and not tail.endswith("\n"))
        or _LIST_NUMBER.search(tail) is not None
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
