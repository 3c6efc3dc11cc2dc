"""Find the headline among the lines above the story, so that it is not taken for a menu entry."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.fold import fold
from pipeline.clean.lexicon import Hit

_REACH = 12
_SHORTEST, _LONGEST = 3, 45
_STORY = 4000
_SHARED = 0.3
_PIECES = 3
_WORD = re.compile(r"[^\W\d_]{4,}|0")
_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def find_headline(
    texts: Sequence[str], hits: Sequence[Hit | None], sizes: NDArray[np.float64], prose: NDArray[np.bool_]
) -> int | None:
    """Return the line above the first prose that shares most of its words with the story, or None.

    `sizes` are weights in words, `prose` marks the prose that stays. A line with evidence against it is no headline.
    """
    if not prose.any():
        return None
    first = int(np.argmax(prose))
    story = _pieces(" ".join(texts[first:])[:_STORY])
    best, found = _SHARED, None
    for index in range(max(0, first - _REACH), first):
        if hits[index] is None and _SHORTEST <= sizes[index] <= _LONGEST:
            pieces = _pieces(texts[index])
            shared = len(pieces & story)
            if shared >= _PIECES and shared / len(pieces) >= best:
                best, found = shared / len(pieces), index
    return found


def _pieces(text: str) -> set[str]:
    """Return the longer words of a text, and pairs of characters where words are not spaced."""
    folded = fold(text)
    dense = [run[i : i + 2] for run in _DENSE.findall(folded) for i in range(len(run) - 1)]
    return set(dense) | {word for word in _WORD.findall(folded) if not _DENSE.match(word)}
