"""What the lexicons and the shapes know about each line of a page."""

from pipeline.clean.dates import find_date
from pipeline.clean.fold import MARKS, bare, fold
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
# Small words within a name, and between two names.
_WITHIN = ("von", "van", "de", "der", "den", "da", "di", "bin", "binti", "al", "el")
_PARTICLES = frozenset((*_WITHIN, "&", "and", "by", "dan", "et", "und", "y"))


def find_hits(texts: list[str]) -> list[Hit | None]:
    """Return for each line the first thing that speaks for debris: a phrase, a shape, or nothing."""
    if not texts:
        return []
    lexicon = load()
    folded = fold("\n".join(texts)).split("\n")
    hits = [_judge(text, line, lexicon) for text, line in zip(texts, folded, strict=True)]
    open_lines = [index for index, hit in enumerate(hits) if hit is None]
    for at, hit in find_inside([folded[index] for index in open_lines], lexicon).items():
        hits[open_lines[at]] = hit
    return hits


def _judge(text: str, folded: str, lexicon: Lexicon) -> Hit | None:
    line = folded.lstrip(MARKS)
    if len(folded) > _LONGEST:
        return _opened(text, line, lexicon) or shape(text, line, lexicon)
    whole = bare(line)
    return lexicon.whole(whole) or _opened(text, line, lexicon) or shape(text, whole, lexicon)


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
