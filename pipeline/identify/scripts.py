"""Tell which writing system a text is in, from the Unicode ranges in `scripts.tsv`."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LETTERS_PER_WORD = {"Han": 1.6, "Kana": 2.5, "Hangul": 2.5, "Thai": 4.0, "Lao": 4.0, "Khmer": 4.0, "Myanmar": 4.0}
"""How many letters make a word, so that scripts are compared by what they say, not by how long they write it."""

_OTHER_LETTERS_PER_WORD = 5.0

_NAME_WEIGHT = 0.5
"""A capitalised Latin word speaks half as loudly: brand names stand untranslated in text of every script."""

_KANA_SHARE = 0.1
"""Japanese prose has far more kana than this; Chinese borrows a lone の now and then."""

_NAME = re.compile(r"\b[A-Z][A-Za-z]*")


@dataclass(frozen=True, slots=True)
class _Ranges:
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    scripts: tuple[str, ...]


@cache
def _ranges() -> _Ranges:
    lines = files(__package__).joinpath("scripts.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return _Ranges(
        tuple(int(first, 16) for first, _, _ in rows),
        tuple(int(last, 16) for _, last, _ in rows),
        tuple(script for _, _, script in rows),
    )


@cache
def script_of(character: str) -> str | None:
    """Name the script of one letter; None for digits, punctuation, marks and symbols."""
    ranges = _ranges()
    code = ord(character)
    row = bisect_right(ranges.firsts, code) - 1
    return ranges.scripts[row] if row >= 0 and code <= ranges.lasts[row] else None


def count_scripts(text: str) -> Counter[str]:
    """Count the letters of each script."""
    scripts: Counter[str] = Counter()
    for character, n in Counter(text).items():
        script = script_of(character)
        if script is not None:
            scripts[script] += n
    return scripts


def dominant_script(text: str) -> tuple[str, float] | None:
    """Return the script that carries most of the text and its share in (0, 1], or None for a text without letters.

    Han and kana count as one script, called Kana when enough of it is kana: that is how Japanese is written.
    """
    letters = count_scripts(text)
    if not letters:
        return None
    if len(letters) == 1:
        return next(iter(letters)), 1.0
    words = {script: n / _LETTERS_PER_WORD.get(script, _OTHER_LETTERS_PER_WORD) for script, n in letters.items()}
    if "Latin" in words:
        names = sum(len(name) for name in _NAME.findall(text))
        words["Latin"] -= (1 - _NAME_WEIGHT) * names / _OTHER_LETTERS_PER_WORD
    if "Han" in words and "Kana" in words:
        both = letters["Han"] + letters["Kana"]
        host, guest = ("Kana", "Han") if letters["Kana"] >= _KANA_SHARE * both else ("Han", "Kana")
        words[host] += words.pop(guest)
    script = min(words, key=lambda name: (-words[name], name))
    return script, words[script] / sum(words.values())
