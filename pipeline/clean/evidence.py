"""What the lexicons and the shapes know about each line of a page."""

from pipeline.clean.fold import MARKS, bare, fold
from pipeline.clean.lexicon import Hit, Lexicon, Strength, find_inside, load
from pipeline.clean.patterns import shape

_VALUE_LIMIT = 70
_NAME_LIMIT = 40
_STOPS = "。!?;"
_PARTICLES = frozenset(
    ("and", "dan", "von", "van", "de", "der", "den", "da", "di", "bin", "binti", "al", "el", "&", "y", "et", "und")
)


def find_hits(texts: list[str]) -> list[Hit | None]:
    """Return for each line the first thing that speaks for debris: a phrase, a shape, or nothing."""
    lexicon = load()
    folded = fold("\n".join(texts)).split("\n")
    inside = find_inside(folded, lexicon)
    return [
        _judge(text, line, lexicon) or inside.get(index)
        for index, (text, line) in enumerate(zip(texts, folded, strict=True))
    ]


def _judge(text: str, folded: str, lexicon: Lexicon) -> Hit | None:
    if len(folded) > _LONGEST:
        return None
    line = bare(folded)
    return lexicon.whole(line) or _opened(text, folded.lstrip(MARKS), lexicon) or shape(text, line, lexicon)


_LONGEST = 200


def _opened(text: str, line: str, lexicon: Lexicon) -> Hit | None:
    hit = lexicon.opening(line)
    if hit is None or hit.strength is not Strength.FIELD:
        return hit
    return hit if _is_value(text, line[len(hit.phrase) :], hit) else None


def _is_value(text: str, value: str, hit: Hit) -> bool:
    """Tell a metadata line (`By Jane Doe`) from a sentence that begins with the same word (`By Monday it rained.`)."""
    value = value.strip()
    if len(value) > _VALUE_LIMIT or any(stop in value for stop in _STOPS):
        return False
    if hit.field == "dated":
        return any(character.isdigit() for character in value) or not value
    if hit.phrase[-1] in ":/|丨" or hit.phrase.endswith(": "):
        return True
    return len(value) <= _NAME_LIMIT and not value.endswith((".", "。")) and _is_name(text, hit, value)


def _is_name(text: str, hit: Hit, value: str) -> bool:
    if not hit.phrase.isascii() and not any("a" <= character <= "z" for character in hit.phrase):
        return len(value) <= _NAME_LIMIT // 2 and bool(value)
    start = len(text) - len(text.lstrip(MARKS)) + len(hit.phrase)
    words = text[start:].split()
    return bool(words) and all(
        word[0].isupper() or word.casefold().strip(",") in _PARTICLES or word[0] in "|(-" for word in words
    )
