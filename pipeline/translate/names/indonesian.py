"""Names in Indonesian and Malay: capitalised words that are not on a list of words with an English of their own.

The list (`data/ordinary_id.txt`) was learnt from parallel text by `benchmarks/translate_names.py`.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby

from pipeline.translate.names.words import FEWEST_LETTERS, Name, Word, named, phrases, word_lists

_LEARNED = re.compile(r"(?:isme|logi|grafi|[st]as|nomi|f?isika|si|tik)$")


def find_indonesian(source: str) -> Iterator[Name]:
    """Yield names, of one word only within a sentence."""
    for _, phrase in phrases(source):
        for own, run in groupby(phrase, lambda word: not _is_ordinary(word.text)):
            words = list(run)
            if own and (len(words) > 1 or _stands_alone(words[0])):
                yield named(source, words)


def _stands_alone(word: Word) -> bool:
    """Tell whether one word is a name: within a sentence, and no learned word, which English spells otherwise."""
    return not word.opens and len(word.text) >= FEWEST_LETTERS and not _LEARNED.search(word.text)


def _is_ordinary(word: str) -> bool:
    """Tell whether a capitalised Indonesian word has an English of its own; abbreviations have, more often than not."""
    if word.isupper() and len(word) > 1:
        return True
    stem = re.sub(r"(?:nya|ku|mu|lah|kah|pun)$", "", word.lower())
    return not {word.lower(), stem, *word.lower().split("-")}.isdisjoint(_ordinary())


@cache
def _ordinary() -> frozenset[str]:
    text = files("pipeline.translate").joinpath("data/ordinary_id.txt").read_text(encoding="utf-8")
    learnt = (line for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(learnt) | frozenset(word_lists("id")["exonyms"].split())
