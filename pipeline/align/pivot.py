"""What two units share in the pivot language: the words of their English, the rarer the heavier."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.encode.lexical import STEM, function_words

_TOKEN = re.compile(r"[^\W_]+")

Array = npt.NDArray[np.float64]


def overlap(a: Sequence[str], b: Sequence[str]) -> Array:
    """Return the tf-idf cosine of every pair of units, shape (len(a), len(b)); NaN where one has no English.

    Documents are the units of both versions (Spärck Jones 1972); a word counts by its beginning, function words not.
    """
    counts_a, counts_b = ([_count(text) for text in side] for side in (a, b))
    spread = Counter(word for counts in (*counts_a, *counts_b) for word in counts)
    rarity = {word: math.log((len(a) + len(b) + 1) / n) for word, n in spread.items()}
    columns = {word: column for column, word in enumerate(sorted(rarity))}
    cosine = _rows(counts_a, rarity, columns) @ _rows(counts_b, rarity, columns).T
    cosine[[not text for text in a], :] = np.nan
    cosine[:, [not text for text in b]] = np.nan
    return cosine


def _count(text: str) -> Counter[str]:
    words = (match.group().casefold() for match in _TOKEN.finditer(text))
    return Counter(word[:STEM] for word in words if word not in function_words())


def _rows(counts: Sequence[Counter[str]], rarity: Mapping[str, float], columns: Mapping[str, int]) -> Array:
    rows = np.zeros((len(counts), len(columns)))
    for row, own in zip(rows, counts, strict=True):
        for word, n in own.items():
            row[columns[word]] = (1 + math.log(n)) * rarity[word]
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms == 0, 1, norms))
