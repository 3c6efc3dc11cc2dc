"""Find the headline among the lines above the story, so that it is not taken for a menu entry."""

import re
from collections.abc import Sequence

from pipeline.clean.lexicon import Hit

_REACH = 12
_SHORTEST, _LONGEST = 3, 45
_STORY = 4000
_SHARED = 0.3
_PIECES = 3
_WORD = re.compile(r"[^\W\d_]{4,}|0")
_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def above_story(hits: Sequence[Hit | None], sizes: Sequence[float], first: int) -> list[int]:
    """Return the lines above the first prose, line `first`, that may be its headline.

    `sizes` are weights in words. A line with evidence against it is no headline.
    """
    reach = range(max(0, first - _REACH), first)
    return [index for index in reach if hits[index] is None and _SHORTEST <= sizes[index] <= _LONGEST]


def find_headline(lines: Sequence[str], candidates: Sequence[int], first: int) -> int | None:
    """Return the candidate that shares most of its words with the story from line `first` on, or None.

    `lines` are folded.
    """
    story = " ".join(lines[first:])[:_STORY]
    words = set(_words(story))
    best, found = _SHARED, None
    for index in candidates:
        ours, pairs = set(_words(lines[index])), _pairs(lines[index])
        shared = len(ours & words) + sum(pair in story for pair in pairs)
        if shared >= _PIECES and shared / (len(ours) + len(pairs)) >= best:
            best, found = shared / (len(ours) + len(pairs)), index
    return found


def _words(folded: str) -> list[str]:
    """Return the longer words of a folded text where words are spaced."""
    return [word for word in _WORD.findall(folded) if not _DENSE.match(word)]


def _pairs(folded: str) -> set[str]:
    """Return the pairs of characters of a folded text where words are not spaced."""
    return {run[at : at + 2] for run in _DENSE.findall(folded) for at in range(len(run) - 1)}
