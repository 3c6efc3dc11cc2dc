"""Names in Vietnamese, whose words are single syllables of a known shape.

A capitalised word of another shape is foreign (`Tanjung Limau`); a surname is followed by given names (`Lê Văn Khoa`);
a form of address by a name (`chị Hạnh`). English news drops the marks of these.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.translate.names.words import FEWEST_LETTERS, Name, Word, bare, named, phrases, word_lists

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)
_LONGEST_NAME = 4  # syllables


def find_vietnamese(source: str) -> Iterator[Name]:
    """Yield the names in a source."""
    for before, phrase in phrases(source):
        addressed = before.lower() in _listed("address")
        words = phrase
        if words[0].opens and words[0].text.lower() in _listed("address") and len(words) > 1:
            addressed, words = True, words[1:]
        if addressed and len(words) <= _LONGEST_NAME:
            yield named(source, words)
        else:
            yield from (named(source, run) for run in _runs(words))


def _runs(words: list[Word]) -> Iterator[list[Word]]:
    """Yield the runs of a phrase that are foreign, or a surname and its given names."""
    at = 0
    while at < len(words):
        if _is_foreign(words[at].text):
            end = at + 1
            while end < len(words) and words[end].text.isascii() and not words[end].text.isupper():
                end += 1
            yield words[at:end]
        else:
            end = at + _full_name(words[at:])
            if end > at:
                yield words[at:end]
        at = max(end, at + 1)


def _is_foreign(word: str) -> bool:
    return (
        word.isascii()
        and not word.isupper()
        and len(word) >= FEWEST_LETTERS
        and word.lower() not in _listed("exonyms")
        and not all(_SYLLABLE.fullmatch(part) for part in re.split(r"['-]", word))
    )


def _full_name(words: list[Word]) -> int:
    """Return how many words from the first on are a Vietnamese name."""
    surname = words[0].text.lower()
    given = 0
    for word in words[1:_LONGEST_NAME]:
        if not _SYLLABLE.fullmatch(bare(word.text)):
            break
        given += 1
    if (surname in _listed("surnames") and given) or (surname in _listed("surnames_of_three") and given > 1):
        return given + 1
    return 0


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(word_lists("vi")[name])
