"""Lengths that mean the same in every script."""

import re

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SYLLABLES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_DENSE_WORD = 1.7
_SYLLABLE_WORD = 4.5


def weigh(text: str) -> float:
    """Return the length of a text in words; scripts without spaces are divided by their usual characters a word."""
    dense = len(_DENSE.findall(text))
    syllables = len(_SYLLABLES.findall(text))
    if not dense and not syllables:
        return float(len(_WORDS.findall(text)))
    spaced = _SYLLABLES.sub(" ", _DENSE.sub(" ", text))
    return len(_WORDS.findall(spaced)) + dense / _DENSE_WORD + syllables / _SYLLABLE_WORD
