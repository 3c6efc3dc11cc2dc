"""One version as the aligner sees it: units, their sentences, and vectors for both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.align.dates import Date, read_dates
from pipeline.encode import Encoder, Matrix, VectorCache, encode_texts
from pipeline.encode.space import adapt
from pipeline.records import Passage, Version
from pipeline.segment import split

# Rough letters of English per letter, from the ratio of translations' lengths (Gale & Church 1993 use the same idea).
EXPANSION = {"zh": 2.8, "ja": 2.2, "ko": 2.0, "th": 1.1}


@dataclass(frozen=True, slots=True)
class Side:
    """Units are a version's passages; `owner[s]` is the unit of sentence s, and owners ascend.

    `pivoted` says that the encoder reads English alone, so that `texts` are the pivot wherever there is one.
    """

    version: Version
    texts: tuple[str, ...]
    sentences: tuple[str, ...]
    owner: npt.NDArray[np.intp]
    unit_rows: Matrix
    rows: Matrix
    pivoted: bool = False

    @property
    def english(self) -> tuple[str, ...]:
        """The pivot English of the units, `""` where there is none; a text that is English is its own."""
        is_english = self.version.lang.startswith("en")
        return tuple(p.english or (p.text if is_english else "") for p in self.version.passages)

    def dates(self, units: Sequence[int]) -> frozenset[Date]:
        """Return the dates that units name, in their own words."""
        texts = (self.version.passages[unit].text for unit in units)
        return read_dates("\n".join(texts), self.version.lang)[0]

    def lengths(self, texts: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """Return the lengths of texts in letters of English, at least one."""
        lang = "en" if self._english else self.version.lang
        return np.array([letters(text, lang) for text in texts])

    @property
    def _english(self) -> bool:
        return self.texts != tuple(passage.text for passage in self.version.passages)


def letters(text: str, lang: str) -> float:
    """Return the length of a text in letters of English, at least one."""
    return max(1.0, len(text) * EXPANSION.get(lang.split("-", maxsplit=1)[0], 1.0))


def unit_text(passage: Passage, *, english: bool) -> str:
    """Return what stands for a passage: its own words, or its English for an encoder that reads nothing else."""
    return (passage.english or passage.text) if english else passage.text


def side_texts(version: Version, encoder: Encoder) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return what an encoder reads of a version: what stands for each passage, and the sentences of each."""
    lang = "en" if encoder.reads_english else version.lang
    texts = tuple(unit_text(passage, english=encoder.reads_english) for passage in version.passages)
    return texts, [split(text, lang) or (text,) for text in texts]


def build_side(version: Version, encoder: Encoder, cache: VectorCache | None) -> Side:
    """Split a version's passages into sentences and encode passages and sentences."""
    texts, pieces = side_texts(version, encoder)
    sentences = tuple(sentence for piece in pieces for sentence in piece)
    owner = np.repeat(np.arange(len(texts)), [len(piece) for piece in pieces])
    rows = encode_texts([*texts, *sentences], encoder, cache)
    adapted = adapt(rows, version.lang, encoder)
    return Side(version, texts, sentences, owner, adapted[: len(texts)], adapted[len(texts) :], encoder.reads_english)
