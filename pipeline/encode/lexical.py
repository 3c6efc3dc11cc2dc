"""An encoder without a model: hashed words, word beginnings, names, numbers and Latin tokens of the pivot English.

Degraded on purpose and named so: it sees only what survived translation word for word. Weights cannot depend on the
other texts (a vector must not change with its company), so function words come from a list instead of an idf.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from zlib import crc32

import numpy as np

from pipeline.encode.base import Matrix

DIMENSIONS = 2048
STEM = 5  # letters of a word that survive most English inflection
NAME, NUMBER, WORD, STEMMED, FUNCTION = 2.0, 2.0, 1.0, 0.7, 0.1

# Separators of full width and of Arabic stand between digits of their kind only.
FIGURES = r"\d+(?:(?:[.,:]|(?<=[０-９])[．，：](?=[０-９])|(?<=[٠-٩۰-۹])[٫٬](?=[٠-٩۰-۹]))\d+)*"
_TOKEN = re.compile(rf"{FIGURES}|[^\W\d_]+", re.UNICODE)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]+")


@cache
def function_words() -> frozenset[str]:
    """Return the English words that carry no topic."""
    text = files("pipeline.encode").joinpath("function_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


class Lexical:
    """Signed feature hashing (Weinberger et al. 2009) of what two descriptions of one fact share."""

    name = "lexical-1-degraded"
    reads_english = True

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row per text; a text without letters or digits is a zero row."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for feature, weight in _features(text):
                digest = crc32(feature.encode("utf-8", "surrogatepass"))
                row[digest % DIMENSIONS] += weight if digest & 0x80000000 else -weight
            norm = float(np.linalg.norm(row))
            if norm:
                np.divide(row, norm, out=row)
        return rows


def digits(figures: str) -> str:
    """Return the digits of a number alone, as English writes them: ２００ and ๒๐๐ are 200."""
    plain = re.sub(r"\D", "", figures)
    return plain if plain.isascii() else "".join(str(unicodedata.decimal(digit)) for digit in plain)


def _features(text: str) -> Iterator[tuple[str, float]]:
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isdigit():
            yield "#" + digits(token), NUMBER
        elif _UNSPACED.match(token):
            yield from ((token[i : i + 2], WORD) for i in range(len(token) - 1))
        else:
            yield from _word(token)


def _word(token: str) -> Iterator[tuple[str, float]]:
    word = token.casefold()
    if word in function_words():
        yield word, FUNCTION
        return
    yield word, NAME if token[0].isupper() else WORD
    yield "~" + word[:STEM], STEMMED
