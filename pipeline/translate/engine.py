"""Decode token sequences with CTranslate2 so that no sentence's output depends on its neighbours.

CTranslate2 pads a batch to its longest member, and the padded length reaches the output through the rounding of the
attention's sums: a few sentences in a hundred change their score with the batch, now and then a word. Batches of equal
token counts need no padding; with int8 weights, whose sums are exact, an output is then the same alone, shuffled or in
any subset (measured in `tests/translate/test_independence.py`).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.errors import ModelError
from pipeline.store import Pack

if TYPE_CHECKING:
    import ctranslate2


@dataclass(frozen=True, slots=True)
class Decoding:
    """How the best English is looked for."""

    beam_size: int = 2
    no_repeat_ngram_size: int = 3
    repetition_penalty: float = 1.0
    length_penalty: float = 1.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """Target pieces; `log_prob` is their mean natural logarithm, `cut` tells that the length limit ended them."""

    pieces: tuple[str, ...]
    log_prob: float
    cut: bool


class Engine:
    """One loaded model."""

    def __init__(self, pack: Pack, compute_type: str, threads: int) -> None:
        """Load the model; raise ModelError when CTranslate2 cannot."""
        import ctranslate2

        try:
            self._model = ctranslate2.Translator(
                str(pack.folder / "model"),
                device="cpu",
                compute_type=compute_type,
                inter_threads=threads or available_threads(),
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"cannot load the model of {pack.folder}: {error}; install the model again") from error
        self._label = pack.label
        self._prefix = [pack.target_prefix] if pack.target_prefix else None

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding, batch_tokens: int) -> list[Decoded]:
        """Decode each source (none of them empty); the order of the answers is that of the sources.

        Raises ModelError when the model fails on them.
        """
        order = list(batches(sources, batch_tokens))
        waiting = [self._submit([sources[i] for i in batch], decoding) for batch in order]
        try:
            found = {
                i: _decoded(answer.result(), decoding, output_limit(len(sources[i])))
                for batch, answers in zip(order, waiting, strict=True)
                for i, answer in zip(batch, answers, strict=True)
            }
        except RuntimeError as error:
            raise ModelError(
                f"the model {self._label} cannot translate: {error}; see: pipeline models check"
            ) from error
        return [found[i] for i in range(len(sources))]

    def _submit(self, batch: list[Sequence[str]], decoding: Decoding) -> "list[ctranslate2.AsyncTranslationResult]":
        answers: list[ctranslate2.AsyncTranslationResult] = self._model.translate_batch(
            [list(source) for source in batch],
            target_prefix=[self._prefix] * len(batch) if self._prefix else None,
            asynchronous=True,
            beam_size=decoding.beam_size,
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            repetition_penalty=decoding.repetition_penalty,
            length_penalty=decoding.length_penalty,
            max_input_length=0,
            max_decoding_length=output_limit(len(batch[0])),
            return_scores=True,
            replace_unknowns=True,
        )
        return answers


def available_threads() -> int:
    """Count the processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def output_limit(source_pieces: int) -> int:
    """Return how many pieces a translation may have: far above what good English needs, far below an endless loop.

    Never more than CTranslate2's own default, 256, for which every model has positions.
    """
    return min(256, 3 * source_pieces + 16)


def batches(sources: Sequence[Sequence[str]], batch_tokens: int) -> Iterator[list[int]]:
    """Yield the indices of sources of one length at a time, longest first, at most `batch_tokens` pieces together."""
    by_length = sorted(range(len(sources)), key=lambda i: -len(sources[i]))
    for length, group in groupby(by_length, key=lambda i: len(sources[i])):
        members = list(group)
        step = max(1, batch_tokens // max(1, length))
        yield from (members[i : i + step] for i in range(0, len(members), step))


def _decoded(result: "ctranslate2.TranslationResult", decoding: Decoding, limit: int) -> Decoded:
    pieces = tuple(result.hypotheses[0])
    length = max(1, len(pieces))
    total = result.scores[0] * length**decoding.length_penalty
    return Decoded(pieces, total / length, cut=len(pieces) >= limit)
