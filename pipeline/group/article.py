"""An article as grouping sees it: its substantial passages, their vectors, and the names and numbers in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pipeline.align.side import Side, build_side, letters, unit_text
from pipeline.align.tokens import names, numbers
from pipeline.encode import Encoder, Matrix, VectorCache
from pipeline.records import Passage, Version

MOST = 200  # passages by which a long article is known: to encode a whole book would outlast the rest of a run
SUBSTANCE = 40  # letters of English below which a passage is a label, not a statement
NO_LATIN = frozenset({"zh", "ja", "ko", "th"})


@dataclass(frozen=True, slots=True)
class Article:
    """`weights` are the square roots of the passages' lengths: long passages say more, though not in proportion."""

    side: Side
    weights: Matrix

    def mean(self) -> Matrix:
        """Return the weighted mean of the passages' vectors."""
        return np.asarray((self.side.unit_rows * self.weights[:, None]).sum(axis=0) / self.weights.sum())


@dataclass(frozen=True, slots=True)
class Sketch:
    """What grouping must know of all articles at once: where each stands, and how often it says its names and numbers.

    The articles themselves are asked for pair by pair.
    """

    mean: Matrix
    tokens: Mapping[str, int]


def build_article(version: Version, encoder: Encoder, cache: VectorCache | None) -> Article | None:
    """Prepare an article, or return None for one without a word; of `side.version` it would be prepared the same."""
    passages = _telling(version, english=encoder.reads_english)
    if not passages:
        return None
    side = build_side(replace(version, passages=passages), encoder, cache)
    return Article(side, np.sqrt(side.lengths(side.texts)).astype(np.float32))


def _telling(version: Version, *, english: bool) -> tuple[Passage, ...]:
    """Return the first `MOST` passages that tell which story this is: those of substance, or all if there are none."""
    lang = "en" if english else version.lang
    texts = {passage: unit_text(passage, english=english) for passage in version.passages}
    worded = [passage for passage, text in texts.items() if text.strip()]
    solid = [passage for passage in worded if letters(texts[passage], lang) >= SUBSTANCE]
    return tuple((solid or worded)[:MOST])


def count_tokens(version: Version) -> Counter[str]:
    """Count the names and numbers of a version, a passage at most once each."""
    latin = version.lang.split("-", maxsplit=1)[0] not in NO_LATIN
    found: Counter[str] = Counter()
    for passage in version.passages:
        found.update(names(passage.text, latin_script=latin))
        found.update(f"#{number}" for number in numbers(passage.text) if len(number) > 1)
    return found
