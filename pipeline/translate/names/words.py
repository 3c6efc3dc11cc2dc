"""Capitalised words that stand together, in texts in Latin letters."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE_CASE = 0.6  # share of capitalised words from which capitals say nothing in a line that is no sentence
_ENDED = re.compile(r"[.!?…][\"'”’)]*\s*$")
FEWEST_LETTERS = 3  # shorter words are particles and initials, which names share with everything else


class Name(NamedTuple):
    """Where a name stands in a source, and how English writes it."""

    start: int
    end: int
    english: str


class Word(NamedTuple):
    """A word and where it stands; `opens` says whether it opens a sentence or a quotation, where any has a capital."""

    start: int
    end: int
    text: str
    opens: bool


@cache
def word_lists(lang: str) -> dict[str, Any]:
    """Return the lists of a language in `data/names.toml`."""
    text = files("pipeline.translate").joinpath("data/names.toml").read_text(encoding="utf-8")
    lists: dict[str, Any] = tomllib.loads(text)[lang]
    return lists


def bare(text: str) -> str:
    """Take the marks off Latin letters: `Đỗ Thị Hạnh` becomes `Do Thi Hanh`."""
    plain = text.replace("đ", "d").replace("Đ", "D").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def _words(source: str) -> list[Word]:
    found: list[Word] = []
    end = 0
    for m in _WORD.finditer(source):
        between = source[end : m.start()].rstrip(" \t“\"‘'«([{-–—")
        opens = between[-1] in ".!?:;…•”\n" if between else end == 0
        found.append(Word(m.start(), m.end(), m[0], opens))
        end = m.end()
    return found


def phrases(source: str) -> Iterator[tuple[str, list[Word]]]:
    """Yield runs of capitalised words, one space between, and the word before each; none of a headline in capitals."""
    words = _words(source)
    within = [word.text[0].isupper() for word in words if not word.opens]
    if not _ENDED.search(source) and sum(within) > _TITLE_CASE * len(within):
        return
    phrase: list[Word] = []
    before = ""
    for last, word in zip([None, *words], words, strict=False):
        joined = last is not None and source[last.end : word.start] == " "
        if phrase and not (joined and word.text[0].isupper()):
            yield before, phrase
            phrase = []
        if word.text[0].isupper():
            if not phrase:
                before = last.text if last is not None and joined else ""
            phrase.append(word)
    if phrase:
        yield before, phrase


def named(source: str, words: list[Word]) -> Name:
    """Return what words that stand together name."""
    start, end = words[0].start, words[-1].end
    return Name(start, end, bare(source[start:end]))
