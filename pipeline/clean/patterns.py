"""Debris that shows in the shape of a line, whatever its language."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.clean.dates import find_date
from pipeline.clean.fold import MARKS, fold
from pipeline.clean.lexicon import Hit, Lexicon, Strength

_LONGEST = 160
_COUNTER = re.compile(r"0(?:\s?[/:]\s?0)?\s?[kmb万萬]?\+?")
_QUOTE = re.compile(r"[+\-−▲▼△▽±↑↓]\s?\d[\d.,]*\s?%|[+\-−]\s?\d[\d.,]*\s\(|\d\s?%\)")
_DIGITS = re.compile(r"[\d.,%+\-−▲▼△▽±↑↓()$€£¥:/\s]")
_CRUMBS = re.compile(r"\s*(?:>>?|»|›|→|::)\s*")
_SPLIT = re.compile(r"[\s|·•/,、，\[\]【】()（）]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,}")
_REGION = re.compile(r"\s*[(（].*[)）]$")
_ZONE = re.compile(
    r"\b(?:wib|wita|wit|gmt|utc|est|edt|pst|pdt|cst|cet|cest|bst|jst|kst|hkt|sgt|ist|uhr|ict)\b|[+-]0(?::0)?"
)
_MENU, _WEAK_MENU, _MENU_LONGEST = 2, 3, 14
_CRUMB_LENGTH = 24
_REST = 24
_SENTENCE_END = ("。", ".", "!", "?", "！", "？", "।", "။")


def shape(raw: str, line: str, lexicon: Lexicon) -> Hit | None:
    """Judge a line by its shape; `raw` is as written, `line` its bare folded form."""
    if len(raw) > _LONGEST:
        return None
    if not line:
        return _hit("placeholder", "symbols", Strength.WEAK)
    if _COUNTER.fullmatch(line):
        return _hit("metadata", "counter", Strength.WEAK)
    if _is_ticker(raw):
        return _hit("ticker", "quote")
    if address := _address(raw):
        return address
    if _is_trail(raw):
        return _hit("navigation", "trail")
    return _menu(line, lexicon) or _language(raw, line) or _dated(raw)


def _hit(label: str, name: str, strength: Strength = Strength.SURE, field: str | None = None) -> Hit:
    return Hit(label, f"pattern.{name}", strength, field)


def _is_ticker(raw: str) -> bool:
    found = _QUOTE.search(raw)
    return (
        bool(found) and len(_DIGITS.findall(raw)) * 2 >= len(raw.strip()) and not raw.rstrip().endswith(_SENTENCE_END)
    )


def _address(raw: str) -> Hit | None:
    if "@" not in raw and "://" not in raw and "www." not in raw:
        return None
    rest = _ADDRESS.sub("", raw).strip(MARKS)
    return _hit("metadata", "address", Strength.WEAK) if len(rest) <= _REST // 2 else None


def _is_trail(raw: str) -> bool:
    if ">" not in raw and "»" not in raw and "›" not in raw and "→" not in raw and "::" not in raw:
        return False
    steps = _CRUMBS.split(raw.strip())
    return len(steps) > _MENU and all(len(step) <= _CRUMB_LENGTH for step in steps[:-1])


def _menu(line: str, lexicon: Lexicon) -> Hit | None:
    words = [word for word in (w.strip(MARKS) for w in _SPLIT.split(line)) if word]
    if not _MENU <= len(words) <= _MENU_LONGEST:
        return None
    hits = [hit for word in words if (hit := lexicon.whole(word))]
    if len(hits) < len(words):
        return None
    sure = any(hit.strength is not Strength.WEAK for hit in hits)
    return _hit(hits[0].label, "menu") if sure or len(words) >= _WEAK_MENU else None


@cache
def _languages() -> frozenset[str]:
    table = tomllib.loads(files("pipeline.clean").joinpath("languages.toml").read_text(encoding="utf-8"))
    return frozenset(map(fold, table["names"]))


def _language(raw: str, line: str) -> Hit | None:
    name = line if line in _languages() else _REGION.sub("", raw).strip(MARKS).casefold()
    if name not in _languages():
        return None
    listed = raw.lstrip()[:1] in "•·*-–●▪" and raw.strip()[1:].strip() != ""
    return _hit("langpicker", "language", Strength.SURE if listed else Strength.WEAK)


def _dated(raw: str) -> Hit | None:
    if not any(character.isdigit() for character in raw) or raw.rstrip().endswith(_SENTENCE_END[:1]):
        return None
    date = find_date(raw)
    if date is None:
        return None
    rest = _ZONE.sub("", fold(raw[: date.start] + " " + raw[date.end :])).strip(MARKS + "0")
    return _hit("metadata", "date", Strength.FIELD, "dated") if len(rest) <= _REST else None
