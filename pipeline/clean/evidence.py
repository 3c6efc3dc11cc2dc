"""What the lexicons and the shapes know about each line of a page."""

import re

from pipeline.clean.batch import Batch
from pipeline.clean.dates import find_date
from pipeline.clean.fold import MARKS
from pipeline.clean.lexicon import Hit, Lexicon, Strength, find_inside, load
from pipeline.clean.patterns import shape

_VALUE_LIMIT = 70
_NAME_LIMIT = 60
_AGO_LIMIT = 25
_LONGEST = 200
_STOPS = "。!?;"
_NAMED = ":/|丨】"
_QUOTES = "\"'”’」』)"
_ASKED = ("?", "!", "。")
# Labels whose lines are no sentences: a full stop at the end says that a story begins with the same words.
_NEVER_TOLD = frozenset(("share", "credit", "navigation", "related", "ad", "langpicker", "metadata", "tag"))
_SPACED_OUT = re.compile(r"(?:[\u3400-\u9fff] ){1,7}[\u3400-\u9fff]")
# Small words within a name, and between two names.
_WITHIN = ("von", "van", "de", "der", "den", "da", "di", "bin", "binti", "al", "el")
_PARTICLES = frozenset((*_WITHIN, "&", "and", "by", "dan", "et", "und", "y"))


def find_hits(batch: Batch) -> list[Hit | None]:
    """Return for each line the first thing that speaks for debris: a phrase, a shape, or nothing."""
    lexicon = load()
    known: dict[str, Hit | None] = {}
    hits: list[Hit | None] = []
    for text, folded, whole in zip(batch.texts, batch.folded, batch.bare, strict=True):
        if text not in known:
            known[text] = _judge(text, folded, whole, lexicon)
        hits.append(known[text])
    for at, hit in find_inside(batch.folded, lexicon).items():
        hits[at] = hits[at] or hit
    return hits


def _judge(text: str, folded: str, whole: str, lexicon: Lexicon) -> Hit | None:
    is_long = len(folded) > _LONGEST
    if not is_long and (hit := lexicon.whole(whole) or _spaced_out(whole, lexicon)):
        return hit
    line = folded.lstrip(MARKS)
    return _opened(text, line, lexicon) or shape(text, line if is_long else whole, lexicon)


def _spaced_out(whole: str, lexicon: Lexicon) -> Hit | None:
    """Find a heading whose characters are set apart (`郑 重 声 明`)."""
    return lexicon.whole(whole.replace(" ", "")) if _SPACED_OUT.fullmatch(whole) else None


def _opened(text: str, line: str, lexicon: Lexicon) -> Hit | None:
    hit = lexicon.opening(line)
    if hit is None or hit.strength is not Strength.FIELD:
        return None if hit and _is_told(line, hit) else hit
    return hit if _is_value(text, line[len(hit.phrase) :].strip(), hit) else None


def _is_told(line: str, hit: Hit) -> bool:
    """Tell a sentence of the story that begins like debris (`Edited by his widow, the diaries sold well.`)."""
    if hit.label == "credit" and line.endswith(_ASKED):
        return True
    return hit.label in _NEVER_TOLD and hit.phrase[-1] not in _NAMED and line.rstrip(_QUOTES).endswith((".", "。"))


def _is_value(text: str, value: str, hit: Hit) -> bool:
    """Tell a metadata line (`By Jane Doe`) from a sentence that begins with the same word (`By Monday it rained.`)."""
    if len(value) > _VALUE_LIMIT or any(stop in value for stop in _STOPS):
        return False
    if hit.field == "dated":
        return not value or find_date(text) is not None or (len(value) <= _AGO_LIMIT and "0" in value)
    if hit.phrase.rstrip()[-1] in _NAMED:
        return True
    return len(value) <= _NAME_LIMIT and _is_name(text, hit, value)


def _is_name(text: str, hit: Hit, value: str) -> bool:
    if not hit.phrase.isascii() and not any("a" <= character <= "z" for character in hit.phrase):
        return 0 < len(value) <= _NAME_LIMIT // 3 and not value.endswith(".")
    start = len(text) - len(text.lstrip(MARKS)) + len(hit.phrase)
    words = text[start:].split()
    return len(words) > value.endswith(".") and all(
        word[0].isupper() or word.casefold().strip(",") in _PARTICLES or word[0] in "|(-" for word in words
    )
