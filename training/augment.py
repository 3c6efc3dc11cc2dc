"""Teach copying: replace what both sides of a pair share by something new, so that the model must read it.

A small model learns to copy names late and mangles them; a name it has never seen, in a sentence that it has, leaves
it no other way to lower its loss.
"""

import re
from collections.abc import Iterable, Sequence
from random import Random

from training.pairs import Pair

NAME = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}\b")
NUMBER = re.compile(r"(?<![\w.,])\d{2,6}(?![\w]|[.,]\d)")
YEAR = re.compile(r"(19|20)\d\d")
SENTENCE_ENDS = '.!?"“'
MADE_UP = 0.3
LETTERS = ("bdhjklmnprstvwz", "aeiou", ("", "", "", "n", "r", "l", "s"))
"""Beginnings, middles and ends of a made-up syllable."""


def shared_names(pairs: Iterable[Pair], stop: frozenset[str]) -> tuple[str, ...]:
    """Return the names that stand alike on both sides of a pair, sorted; `stop` holds words that are none."""
    names = {
        found.group()
        for pair in pairs
        for found in NAME.finditer(pair.english, 1)
        if found.group() in pair.source and not stop & set(found.group().split())
    }
    return tuple(sorted(names))


def made_up_name(random: Random) -> str:
    """Return a word that looks like a name and is none."""
    syllables = ("".join(random.choice(part) for part in LETTERS) for _ in range(random.choice((2, 2, 3))))
    return "".join(syllables).capitalize()


def a_name(random: Random, names: Sequence[str]) -> str:
    """Return a real name, or now and then one made up."""
    if not names or random.random() < MADE_UP:
        return " ".join(made_up_name(random) for _ in range(random.choice((1, 2))))
    return random.choice(names)


def swap_name(pair: Pair, random: Random, names: Sequence[str], stop: frozenset[str]) -> Pair:
    """Replace one name that both sides have exactly once; the pair itself when there is none."""
    found = [
        match.group()
        for match in NAME.finditer(pair.english, 1)
        if _once(match.group(), pair)
        and not stop & set(match.group().split())
        and pair.english[max(0, match.start() - 2)] not in SENTENCE_ENDS
    ]
    return _replace(pair, random.choice(found), a_name(random, names)) if found else pair


def swap_number(pair: Pair, random: Random) -> Pair:
    """Replace one number that both sides have exactly once by another of its length; a year stays a year."""
    found = [match.group() for match in NUMBER.finditer(pair.english) if _once(match.group(), pair)]
    if not found:
        return pair
    old = random.choice(found)
    low, high = (1850, 2030) if YEAR.fullmatch(old) else (10 ** (len(old) - 1), 10 ** len(old) - 1)
    return _replace(pair, old, str(random.randint(low, high)))


def _once(text: str, pair: Pair) -> bool:
    return pair.source.count(text) == 1 and pair.english.count(text) == 1


def _replace(pair: Pair, old: str, new: str) -> Pair:
    return Pair(pair.source.replace(old, new), pair.english.replace(old, new), pair.lang, pair.origin)
