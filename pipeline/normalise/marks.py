"""The marks at the head of a line that say what it is: headings, list items, quotes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import Kind

_MARKED = re.compile(r"[#>•●▪◦‣■□◆◇▶►·・∙⁃–*+(（\d①-⑳一二三四五六七八九十-]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)|#{2,6}(?=\w)")
_QUOTE = re.compile(r">+\s*(?=[^\s>])")
_BULLET = re.compile(r"[•●▪◦‣■□◆◇▶►]\s*(?=[^\s•●▪◦‣■□◆◇▶►])|[·・∙⁃](?:\s+|(?=\w))(?=\S)|[–*+-]\s+(?=[^\s*–+-])")
# A star without a space is a bullet only where no star closes an emphasis.
_STAR = re.compile(r"\*(?=[^\s*])")
CLOSING_STAR = re.compile(r"[^\s*]\*(?!\w)")
_NUMBER = re.compile(r"[(（]?(?P<number>\d{1,3})(?P<style>[)）、]\s*|\.(?:\s+|(?=[一-鿿]))|．\s*)(?=\S)|[①-⑳]\s*(?=\S)")
_CIRCLED = ord("①") - 1
_CHINESE = re.compile(r"[(（]?(?P<chinese>十?[一二三四五六七八九]|二?十)(?P<style>[)）、])\s*(?=\S)")
_CHINESE_DIGITS = "一二三四五六七八九"
_STATED = tuple("。；！？;")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line's head says: the kind, and how many characters the mark takes."""

    kind: Kind
    length: int


@dataclass(frozen=True, slots=True)
class Number:
    """A list number and the way it is written."""

    value: int
    style: str


def read_mark(text: str, numbers: frozenset[Number]) -> Mark | None:
    """Return the mark at the head of a line, or None.

    A number counts only when `numbers`, those of the whole page, hold its neighbour: `10. Mai` is no list.
    """
    if not _MARKED.match(text):
        return None
    for kind, pattern in (
        (Kind.HEADING, _HEADING),
        (Kind.QUOTE, _QUOTE),
        (Kind.LIST_ITEM, _BULLET),
    ):
        if match := pattern.match(text):
            return Mark(kind, match.end())
    if _STAR.match(text) and not CLOSING_STAR.search(text):
        return Mark(Kind.LIST_ITEM, 1)
    match = _numbered(text)
    number = _number(match) if match else None
    if match and number and numbers & {Number(number.value + step, number.style) for step in (-1, 1)}:
        return Mark(Kind.LIST_ITEM, match.end())
    return None


def page_numbers(lines: Iterable[str]) -> frozenset[Number]:
    """Collect the list numbers at the heads of a page's lines."""
    return frozenset(_number(match) for line in lines if (match := _numbered(line)))


def _numbered(text: str) -> re.Match[str] | None:
    """Match the number at the head of a line; Chinese numerals also count headings, so theirs must head sentences."""
    return _NUMBER.match(text) or (_CHINESE.match(text) if text.endswith(_STATED) else None)


def _number(match: re.Match[str]) -> Number:
    if "chinese" in match.re.groupindex:
        return Number(_chinese(match["chinese"]), "chinese" + match["style"])
    if match["number"] is None:
        return Number(ord(match[0][0]) - _CIRCLED, "circled")
    opening = "(" if match[0][0] in "(（" else ""
    return Number(int(match["number"]), opening + match["style"].strip())


def _chinese(numeral: str) -> int:
    """Return the value of a Chinese numeral up to twenty."""
    tens, _, ones = numeral.rpartition("十")
    ten = 10 * (2 if tens else 1) if "十" in numeral else 0
    return ten + (_CHINESE_DIGITS.index(ones) + 1 if ones else 0)
