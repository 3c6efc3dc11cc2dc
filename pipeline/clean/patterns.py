"""Debris that shows in the shape of a line, whatever its language."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.clean.dates import find_date
from pipeline.clean.fold import MARKS, bare, fold
from pipeline.clean.lexicon import Hit, Lexicon, Strength

_LONGEST, _SHORT = 400, 160
# Without any of these and without a number, most shapes are out.
_TELLING = re.compile(r"[:：=＝/／©ⓒ▲△▼)）\]】(%@>»›→]|www\.")
_CREDIT_REACH, _CREDIT_MARK = 110, re.compile("[:：=＝/／©ⓒ]")
_BULLETS = tuple("•·*-–●▪")
_CLOSED = (")", "）")
_OPENING = 40
_CAPTION, _CLOSING, _COMMA = 280, re.compile(r"[)）\]】]"), re.compile("[,，;；、]")
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]")
_POINTERS = ("▲", "△", "▼")
_COUNTER = re.compile(r"0(?:\s?[/:]\s?0)?\s?[kmb万萬]?\+?")
_QUOTE = re.compile(r"[+\-−▲▼△▽±↑↓]\s?\d[\d.,]*\s?%|[+\-−]\s?\d[\d.,]*\s\(|\d\s?%\)")
_DIGITS = re.compile(r"[\d.,%+\-−▲▼△▽±↑↓()$€£¥:/\s]")
_CRUMBS = re.compile(r"\s*(?:>>?|»|›|→|::)\s*")
_ARROW = re.compile("[>»›→]|::")
_SPLIT = re.compile(r"[\s|·•/,、，\[\]【】()（）]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,}")
# A picture's credit at the end of its caption: `… in the harbour. Photo: Jane Doe`, `[사진 = 홍길동]`, `© dpa`.
_CREDITED = re.compile(
    r"(?:\b(?:photos?|fotos?|bilde?r?|image|pictures?|photograph|ilustrasi|gambar|crédito?s?|credit|copyright)\b"
    r"|ảnh|图|圖|图片来源|圖片來源|写真|撮影|사진|ภาพ)\s?(?:출처|제공|credit|courtesy|by)?\s?"
    r"[:：=/／©]\s?[^.。!?！？:：]{2,60}[)\]】）*_]*\s*$"
    r"|[=＝](?:[^。.!?！？=＝]{0,20}(?:撮影|提供|写す)|ap|ＡＰ|afp(?:時事)?|ＡＦＰ(?:時事)?|ロイター(?:時事)?|共同|時事|ゲッティ)[)）]*$"
    r"|(?:©|ⓒ|/\s?)(?:getty|afp|dpa|reuters|ap|epa|imago|shutterstock|istock|xinhua|antara)\b[^.。!?]{0,40}$",
    re.IGNORECASE,
)
# An author who names the agency behind the report: `Minh Anh (theo Reuters)`.
_AFTER = re.compile(
    r"[^\s.。!?,]+(?: [^\s.。!?,]+){0,4} ?[(（](?:theo|menurut|via|sumber|nguồn|据|據)[ :：]?[^()（）]{2,30}[)）]"
)
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
    raw = raw.strip()
    is_brief = len(raw) <= _SHORT
    if "0" in line or _TELLING.search(raw):
        found = _credited(raw, line, lexicon) or _numbers(raw, line) or _address(raw)
        found = found or ((_trail(raw) or _dated(raw, line)) if is_brief else None)
        if found:
            return found
    return _menu(line, lexicon) or _language(raw, line) if is_brief else None


def _hit(label: str, name: str, strength: Strength = Strength.SURE, field: str | None = None) -> Hit:
    return Hit(label, f"pattern.{name}", strength, field)


def _credited(raw: str, line: str, lexicon: Lexicon) -> Hit | None:
    if raw.startswith(_POINTERS):
        return _hit("caption", "pointer")
    tail = raw[-_CREDIT_REACH:]
    if not raw.endswith(_SENTENCE_END) and _CREDIT_MARK.search(tail) and _CREDITED.search(tail):
        return _hit("caption", "credited")
    if raw.endswith(_CLOSED) and _AFTER.fullmatch(raw):
        return _hit("metadata", "agency", Strength.FIELD)
    return _bracketed(raw, line, lexicon) if len(raw) <= _CAPTION and _CLOSING.search(raw) else None


def _bracketed(raw: str, line: str, lexicon: Lexicon) -> Hit | None:
    """Judge what stands in brackets in captions: `Mara Quill (left) on the pier (file photo)`."""
    contents = _BRACKETS.findall(raw)
    inner = (_COMMA.split(content)[0] for content in contents)
    found = next((hit for word in inner if (hit := lexicon.bracketed.get(bare(fold(word))))), None)
    if found is None and contents and raw.endswith(_CLOSED):
        return _framed_by_credits(line, contents[-1], lexicon)
    return found


def _framed_by_credits(line: str, content: str, lexicon: Lexicon) -> Hit | None:
    """Judge a caption that opens like a credit and ends with one: `Photo: Boats on Sunday. (Courtesy of the port)`."""
    hits = (lexicon.opening(text) for text in (line[:_OPENING], fold(content[:_OPENING])))
    return _hit("caption", "credited") if all(hit and hit.label == "credit" for hit in hits) else None


def _numbers(raw: str, line: str) -> Hit | None:
    """Judge counters (`267`, `0/400`) and quotes of prices (`IHSG 7.214,32 +0,45%`)."""
    if line.startswith("0") and _COUNTER.fullmatch(line):
        return _hit("metadata", "counter", Strength.WEAK)
    if ("%" not in raw and "(" not in raw) or not _QUOTE.search(raw) or raw.endswith(_SENTENCE_END):
        return None
    return _hit("ticker", "quote") if len(_DIGITS.findall(raw)) * 2 >= len(raw) else None


def _address(raw: str) -> Hit | None:
    if "@" not in raw and "://" not in raw and "www." not in raw:
        return None
    rest = _ADDRESS.sub("", raw).strip(MARKS)
    return _hit("metadata", "address", Strength.WEAK) if len(rest) <= _REST // 2 else None


def _trail(raw: str) -> Hit | None:
    if not _ARROW.search(raw):
        return None
    steps = _CRUMBS.split(raw)
    is_trail = len(steps) > _MENU and all(len(step) <= _CRUMB_LENGTH for step in steps[:-1])
    return _hit("navigation", "trail") if is_trail else None


def _menu(line: str, lexicon: Lexicon) -> Hit | None:
    """Judge a row of buttons: every word is known as a whole line."""
    first = _SPLIT.search(line)
    if first is None or (first.start() and lexicon.whole(line[: first.start()].strip(MARKS)) is None):
        return None
    hits: list[Hit] = []
    for word in filter(None, (word.strip(MARKS) for word in _SPLIT.split(line))):
        hit = lexicon.whole(word)
        if hit is None or len(hits) == _MENU_LONGEST:
            return None
        hits.append(hit)
    sure = any(hit.strength is not Strength.WEAK for hit in hits)
    return _hit(hits[0].label, "menu") if len(hits) >= (_MENU if sure else _WEAK_MENU) else None


@cache
def _languages() -> frozenset[str]:
    table = tomllib.loads(files("pipeline.clean").joinpath("languages.toml").read_text(encoding="utf-8"))
    return frozenset(map(fold, table["names"]))


def _language(raw: str, line: str) -> Hit | None:
    """Judge a language's own name, with or without a region; without a bullet it may also be a heading."""
    name = _REGION.sub("", raw).strip(MARKS).casefold() if raw.endswith(_CLOSED) else line
    if _languages().isdisjoint((name, line)):
        return None
    return _hit("langpicker", "language", Strength.SURE if raw[:1] in _BULLETS else Strength.WEAK)


def _dated(raw: str, line: str) -> Hit | None:
    """Judge a date with at most a few words beside it."""
    if "0" not in line or raw.endswith("。"):
        return None
    date = find_date(raw)
    if date is None:
        return None
    rest = _ZONE.sub("", fold(raw[: date.start] + " " + raw[date.end :])).strip(MARKS + "0")
    return _hit("metadata", "date", Strength.FIELD, "dated") if len(rest) <= _REST else None
