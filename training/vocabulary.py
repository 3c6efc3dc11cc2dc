"""Choose a model's vocabulary: the fixed pieces, then those that English uses, then those of the sources only.

The decoder knows only the first part, which keeps its softmax small, while one tokenizer and one embedding table
serve both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.e5 import E5
from training.pieces import N_FIXED, Piece, Vocabulary, encode, learn

Counts = npt.NDArray[np.int64]
SPACE = "\u2581"
SEED_LINES = 3000
SEED_SIZE = 600


@dataclass(frozen=True, slots=True)
class Choice:
    """A vocabulary, how many of its pieces the decoder knows, and each piece's row in e5 (below 0: none)."""

    vocabulary: Vocabulary
    n_target: int
    e5_rows: tuple[int, ...] = ()


def whole_e5(e5: E5, english: Sequence[str]) -> tuple[Vocabulary, tuple[int, ...]]:
    """Return e5's full vocabulary as a SentencePiece model with byte fallback, and each piece's row in e5."""
    base = learn(english[:SEED_LINES], SEED_SIZE)
    pieces = (*base.pieces[:N_FIXED], *(piece for _, piece in e5.pieces))
    rows = (*e5.special, *([-1] * 256), *(row for row, _ in e5.pieces))
    return Vocabulary(pieces, base.rest), rows


def prune(
    full: Vocabulary, rows: tuple[int, ...], sources: Sequence[str], english: Sequence[str], least: tuple[int, int]
) -> Choice:
    """Keep the pieces seen at least `least` times (in all text, in English), ASCII, and every letter that is seen."""
    processor = full.processor()
    in_source, in_english = (_count(encode(processor, lines), len(full.pieces)) for lines in (sources, english))
    ids = range(N_FIXED, len(full.pieces))
    target = [i for i in ids if in_english[i] >= least[1] or _ascii_letter(full.pieces[i])]
    target.sort(key=lambda i: (-in_english[i], i))
    known = set(target)
    both = in_source + in_english
    other = [i for i in ids if i not in known and (both[i] >= least[0] or _letter_kept(full.pieces[i], int(both[i])))]
    other.sort(key=lambda i: (-in_source[i], i))
    order = [*range(N_FIXED), *target, *other]
    kept = Vocabulary(tuple(full.pieces[i] for i in order), full.rest)
    return Choice(kept, N_FIXED + len(target), tuple(rows[i] for i in order) if rows else ())


def _count(lines: list[list[int]], size: int) -> Counts:
    flat = np.fromiter((i for line in lines for i in line), np.int64)
    return np.bincount(flat, minlength=size)


def _ascii_letter(piece: Piece) -> bool:
    return len(piece.text.lstrip(SPACE)) <= 1 and all(letter.isascii() or letter == SPACE for letter in piece.text)


def _letter_kept(piece: Piece, seen: int) -> bool:
    bare = piece.text.lstrip(SPACE)
    return len(bare) == 1 and (seen > 0 or "\u4e00" <= bare <= "\u9fff")
