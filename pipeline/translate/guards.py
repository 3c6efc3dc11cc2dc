"""Tell broken English from good: each guard looks for one way in which translation models fail.

A guard takes a `Case` and answers yes or no; `GUARDS` names them all, and their names are the flags in the data. Good
and broken outputs, labelled by hand, hold each to its precision and recall (`tests/translate/cases/guards.jsonl`).
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pipeline.translate import doubles, numbers
from pipeline.translate.protect import Span, holds

_WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_㐀-鿿]+")
_SYMBOL = 2  # letters, with the one for a unit
_SHORT_SOURCE = 12
_SHORT_ENGLISH = 40


@dataclass(frozen=True, slots=True)
class Case:
    """One translation to be judged.

    `spans` is what it has to carry over, `cut` tells that the engine's limit ended it, `lost` how many placeholders did
    not come through.
    """

    source: str
    english: str
    lang: str
    spans: tuple[Span, ...] = ()
    cut: bool = False
    lost: int = 0


def empty(case: Case) -> bool:
    """Tell whether nothing was said."""
    return not any(character.isalnum() for character in case.english)


def truncated(case: Case) -> bool:
    """Tell whether the engine stopped at its length limit."""
    return case.cut


def wrong_script(case: Case) -> bool:
    """Find letters that English does not have, other than in what had to be carried over."""
    english = case.english
    if english.isascii():
        return False
    for span in case.spans:
        english = english.replace(span.english, "")
    symbols = _symbols(case.source)
    return any(character.isalpha() and not _latin(character) and character not in symbols for character in english)


def copied(case: Case) -> bool:
    """Find the source itself in place of English, or most of its words, names aside."""
    if _bare(case.english) == _bare(case.source):
        return any(character.isalpha() for character in case.source)
    said = [word.lower() for word in _WORDS.findall(_without(case.english, case.spans)) if _counts(word)]
    source = _WORDS.findall(case.source)
    lower = {word for word in source if word.islower()}
    alike = sum(word in lower for word in said)
    return alike >= 3 and alike >= 0.5 * len(said)  # noqa: PLR2004 - fewer may be loan words


def repetition(case: Case) -> bool:
    """Find a loop: the same words three times running, a word twice, or a phrase that keeps coming back."""
    words = [word.lower() for word in _WORDS.findall(case.english)]
    source = [word.lower() for word in _WORDS.findall(case.source)]
    return (
        (_most_in_a_row(words) >= 3 and _most_in_a_row(source) < 3)  # noqa: PLR2004
        or (_phrase_twice(words) and not _phrase_twice(source))
        or (_doubled(words) and not _doubled(source, frozenset()) and not _stutters(case.source))
        or _comes_back(words) > max(2, _comes_back(source) + 1)
        or _stuttering_word(case)
    )


def length(case: Case) -> bool:
    """Far shorter or far longer than English of this source can be."""
    low, high = _bounds(case.lang)
    source, english = _size(case.source), _size(case.english)
    return english < low * source - _SHORT_SOURCE or english > high * source + _SHORT_ENGLISH


def number_lost(case: Case) -> bool:
    """Find a number of the source that the English says neither in digits nor in words."""
    stated = numbers.written(_without(case.source, case.spans), case.lang)
    said = numbers.values(case.english, "en") if stated else frozenset[float]()
    return any(not number.values & said for number in stated)


def number_invented(case: Case) -> bool:
    """Find a number in digits that the source says neither in digits nor in words."""
    said = numbers.written(_without(case.english, case.spans), "en")
    known = numbers.values(case.source, case.lang) if said else frozenset[float]()
    return any(not number.values & known for number in said)


def url_lost(case: Case) -> bool:
    """Find a URL, e-mail address, handle, tag or piece of code that did not come through to the letter."""
    return any(span.kind == "literal" and not holds(span, case.english) for span in case.spans)


def term_lost(case: Case) -> bool:
    """Find a term of the glossary, or a name to keep, that the English does not say."""
    return any(span.kind in {"term", "keep"} and not holds(span, case.english) for span in case.spans)


def name_lost(case: Case) -> bool:
    """Find a name in Latin letters that looks alike in English and is not there."""
    return any(span.kind == "name" and not holds(span, case.english) for span in case.spans)


def placeholder(case: Case) -> bool:
    """Find what the model made of a placeholder that it did not copy."""
    return case.lost > 0


Guard = Callable[[Case], bool]
GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        empty,
        truncated,
        copied,
        wrong_script,
        repetition,
        length,
        number_lost,
        number_invented,
        url_lost,
        term_lost,
        name_lost,
        placeholder,
    )
}


def flags(case: Case) -> tuple[str, ...]:
    """Return the names of the guards that object; an empty translation is only that."""
    if empty(case):
        return ("empty",)
    return tuple(name for name, guard in GUARDS.items() if guard(case))


@cache
def _data() -> dict[str, dict[str, list[float]]]:
    text = files("pipeline.translate").joinpath("data/guards.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _bounds(lang: str) -> tuple[float, float]:
    lengths = _data()["lengths"]
    low, high = lengths.get(lang.partition("-")[0], lengths["other"])
    return low, high


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _size(text: str) -> int:
    return sum(map(len, text.split()))


def _symbols(source: str) -> frozenset[str]:
    """Return the Greek letters that stand for something, alone or beside one other letter: `α`, `µm`."""
    words = _LETTERS.findall(unicodedata.normalize("NFKC", source))
    return frozenset(letter for word in words if len(word) <= _SYMBOL for letter in word if "Α" <= letter <= "ω")


@cache
def _latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(
        ("LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO", "FULLWIDTH")
    )


def _counts(word: str) -> bool:
    """Tell whether a word tells languages apart: names, numbers and what has one or two letters do not."""
    return word.isalpha() and len(word) > 2 and word[0].islower()  # noqa: PLR2004


def _without(text: str, spans: tuple[Span, ...]) -> str:
    """Blank out what is carried over as it is, so that its digits and words are not counted."""
    for span in spans:
        if span.kind != "number":
            text = re.sub(re.escape(span.english), " ", text, flags=re.IGNORECASE)
    return text


def _most_in_a_row(words: list[str], longest: int = 8) -> int:
    """Return how often the most repeated run of up to `longest` words stands side by side."""
    most = 1 if words else 0
    for size in range(1, longest + 1):
        run = 1
        for i in range(size, len(words)):
            run = run + 1 if words[i] == words[i - size] else 1
            if run > size:
                most = max(most, 1 + (run - 1) // size)
    return most


def _phrase_twice(words: list[str]) -> bool:
    """Tell whether three to eight words stand twice in a row."""
    return any(words[i : i + n] == words[i + n : i + 2 * n] for n in range(3, 9) for i in range(len(words) - 2 * n + 1))


def _doubled(words: list[str], allowed: frozenset[str] | None = None) -> bool:
    allowed = doubles.allowed() if allowed is None else allowed
    alike = (a for a, b in pairwise(words) if a == b)
    return any(word not in allowed and not word.isdigit() for word in alike)


def _stutters(source: str) -> bool:
    """Tell whether the source doubles words itself, as languages without a plural do."""
    return re.search(r"([㐀-鿿]{1,4})\1\1|\b(\w{3,})[- ]\2\b.*\b(\w{3,})[- ]\3\b", source) is not None


def _comes_back(words: list[str], size: int = 3) -> int:
    """Return how often the most frequent run of three words occurs."""
    runs = Counter(zip(*(words[i:] for i in range(size)), strict=False))
    return max(runs.values(), default=0)


def _stuttering_word(case: Case) -> bool:
    """Find a syllable that loops within a word (`mainstreastreastrea`) or a sign that loops without end."""
    english = _without(case.english, case.spans)
    return (
        re.search(r"([^\W\d_]{2,12})\1\1", english) is not None and re.search(r"(\w{1,12})\1\1", case.source) is None
    ) or (
        re.search(r"([^\w\s.…-])(?:\s?\1){4}", english) is not None and re.search(r"([^\w\s])\1\1", case.source) is None
    )
