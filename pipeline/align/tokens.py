"""What survives translation letter by letter: numbers and names."""

import re

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ỹ][A-Za-zÀ-ỹ'-]{2,}")
_HAN_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([万萬亿億])")
_HAN_UNIT = {"万": 4, "萬": 4, "亿": 8, "億": 8}
CLOSED = re.compile(r"[”’」』\"'»«]\s*$")
SPOKEN = re.compile(r"[“”‘「『\"«»]|(?:^|\s)'|'(?:\s|$)")
ENDING = re.compile(r"[.!?。！？…][\"'”’」』）)\]]*\s*$")


def numbers(text: str) -> frozenset[str]:
    """Return the numbers as digits alone, so that 1.234,5 and 1,234.5 agree; 3万 counts as 30000 also."""
    plain = {re.sub(r"\D", "", match) for match in _NUMBER.findall(text)}
    scaled = {f"{float(digits) * 10 ** _HAN_UNIT[unit]:.0f}" for digits, unit in _HAN_NUMBER.findall(text)}
    return frozenset(plain | scaled)


def names(text: str, *, latin_script: bool) -> frozenset[str]:
    """Return the tokens that may be names: capitalised words, or any Latin word in a text of another script."""
    words = _LATIN.findall(text)
    return frozenset(word.casefold() for word in words if not latin_script or word[0].isupper())


def agreement(a: frozenset[str], b: frozenset[str]) -> float | None:
    """Return the share of the smaller set that the other holds, or None where a side has nothing to compare."""
    return len(a & b) / min(len(a), len(b)) if a and b else None
