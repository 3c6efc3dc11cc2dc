"""Find the headline among the lines above the story, so that it is not taken for a menu entry."""

import re
from collections.abc import Sequence

from pipeline.clean.lexicon import Hit

_REACH = 12
_SHORTEST, _LONGEST = 3, 45
_STORY = 4000
_SHARED = 0.3
_PIECES = 3
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD, _DENSE = re.compile(rf"[^\W\d_{_UNSPACED}]{{4,}}|0"), re.compile(f"[{_UNSPACED}]+")


def above_story(hits: Sequence[Hit | None], sizes: Sequence[float], first: int) -> list[int]:
    """Return the lines above the first prose, line `first`, that may be its headline.

    `sizes` are weights in words. A line with evidence against it is no headline.
    """
    reach = range(max(0, first - _REACH), first)
    return [index for index in reach if hits[index] is None and _SHORTEST <= sizes[index] <= _LONGEST]


def find_headline(lines: Sequence[str], candidates: Sequence[int], first: int) -> int | None:
    """Return the candidate that shares most of its words with the story from line `first` on, or None.

    `lines` are folded. Where words are spaced, the longer ones count; elsewhere, pairs of characters.
    """
    story = " ".join(lines[first:])[:_STORY]
    best, found = _SHARED, None
    for index in candidates:
        ours, pairs = set(_WORD.findall(lines[index])), _pairs(lines[index])
        shared = sum(_has_word(story, word) for word in ours) + sum(pair in story for pair in pairs)
        if shared >= _PIECES and shared / (len(ours) + len(pairs)) >= best:
            best, found = shared / (len(ours) + len(pairs)), index
    return found


def _has_word(text: str, word: str) -> bool:
    """Tell whether a word, or a number, stands in a text by itself; asked of few words, it need not read all others."""
    at = text.find(word)
    while at >= 0 and (text[at - 1 : at].isalpha() or text[at + len(word) : at + len(word) + 1].isalpha()):
        at = text.find(word, at + 1)
    return at >= 0


def _pairs(folded: str) -> set[str]:
    """Return the pairs of characters of a folded text where words are not spaced."""
    return {run[at : at + 2] for run in _DENSE.findall(folded) for at in range(len(run) - 1)}
