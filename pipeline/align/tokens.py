"""What survives translation letter by letter: numbers and names."""

import re
from functools import cache

from pipeline.encode.lexical import FIGURES, digits
from pipeline.identify.languages import known_languages, languages_of

_NUMBER = re.compile(FIGURES)
_WORD = re.compile(r"[A-Za-zÀ-ỹ][A-Za-zÀ-ỹ'-]{2,}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỹ][A-Za-zÀ-ɏḀ-ỹ'-]{2,}")
_HAN_NUMBER = re.compile(r"(\d+(?:[.．]\d+)?)\s*([万萬亿億])")
_CASED = ("Latin", "Cyrillic", "Greek", "Armenian")  # scripts with capitals
_HAN_UNIT = {"万": 4, "萬": 4, "亿": 8, "億": 8}
CLOSED = re.compile(r"[”’」』\"'»«]\s*$")
SPOKEN = re.compile(r"[“”‘「『\"«»]|(?:^|\s)'|'(?:\s|$)")
ENDING = re.compile(r"[.!?。！？…][\"'”’」』）)\]]*\s*$")


def numbers(text: str) -> frozenset[str]:
    """Return the numbers as digits alone, so that 1.234,5 and 1,234.5 agree; 3万 counts as 30000 also."""
    plain = {digits(match) for match in _NUMBER.findall(text)}
    scaled = {
        f"{float(figures.replace('．', '.')) * 10 ** _HAN_UNIT[unit]:.0f}"
        for figures, unit in _HAN_NUMBER.findall(text)
    }
    return frozenset(plain | scaled)


def by_capitals(a: str, b: str) -> bool:
    """Tell whether names show by their capitals: both languages are written in one script that has capitals."""
    return _cased(a) == _cased(b) != ""


@cache
def _cased(lang: str) -> str:
    """Name the script with capitals that a language is written in, `""` for one without; what is unknown is Latin."""
    main = _main(lang)
    script = next((script for script in _CASED if main in languages_of(script)), "")
    return script or ("" if main in map(_main, known_languages()) else _CASED[0])


def _main(lang: str) -> str:
    return lang.split("-", maxsplit=1)[0]


def names(text: str, *, latin_script: bool) -> frozenset[str]:
    """Return the tokens that may be names: capitalised words, or any Latin word in a text of another script."""
    words = (_WORD if latin_script else _LATIN).findall(text)
    return frozenset(word.casefold() for word in words if not latin_script or word[0].isupper())


def agreement(a: frozenset[str], b: frozenset[str]) -> float | None:
    """Return the share of the smaller set that the other holds, or None where a side has nothing to compare."""
    return len(a & b) / min(len(a), len(b)) if a and b else None
