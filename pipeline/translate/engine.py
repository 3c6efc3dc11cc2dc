"""Decode token sequences with CTranslate2 so that no sentence's output depends on its neighbours.

CTranslate2 pads a batch to its longest member, and the padded length reaches the output through the rounding of the
attention's sums: a few sentences in a hundred change their score with the batch, now and then a word. So every source
is padded to the same length whatever its company: the next multiple of `WIDTH`. CTranslate2 takes no length, hence a
batch without a source of just that length gets one that nobody asked for. With int8 weights, whose sums are exact, an
output is then the same alone, shuffled or in any subset (measured in `tests/translate/test_independence.py`).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import ModelError
from pipeline.store import Pack
from pipeline.translate.doubles import forbidden

if TYPE_CHECKING:
    import ctranslate2

WIDTH = 4  # narrower, batches hold too few sources; wider, padding is work for nothing (benchmarks/translate.md)


@dataclass(frozen=True, slots=True)
class Decoding:
    """How the best English is looked for."""

    beam_size: int = 4
    no_repeat_ngram_size: int = 3
    repetition_penalty: float = 1.0
    length_penalty: float = 1.5


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
        self._forbidden = forbidden(pack.folder / "model") if pack.to_code == "en" else None
        self._prefix = [pack.target_prefix] if pack.target_prefix else None

    def decode(
        self, sources: Sequence[Sequence[str]], decoding: Decoding, batch_tokens: int
    ) -> list[tuple[Decoded, ...]]:
        """Return what the beam holds for each source (none of them empty), the best first, in the sources' order.

        Raises ModelError when the model fails on them.
        """
        order = list(batches(sources, batch_tokens))
        waiting = [self._submit([sources[i] for i in batch], length, decoding) for length, batch in order]
        try:
            found = {
                i: _decoded(answer.result(), decoding, output_limit(length))
                for (length, batch), answers in zip(order, waiting, strict=True)
                for i, answer in zip(batch, answers, strict=False)
            }
        except RuntimeError as error:
            raise ModelError(
                f"the model {self._label} cannot translate: {error}; see: pipeline models check"
            ) from error
        return [found[i] for i in range(len(sources))]

    def _submit(
        self, batch: list[Sequence[str]], length: int, decoding: Decoding
    ) -> "list[ctranslate2.AsyncTranslationResult]":
        padded = with_longest(batch, length)
        answers: list[ctranslate2.AsyncTranslationResult] = self._model.translate_batch(
            padded,
            target_prefix=[self._prefix] * len(padded) if self._prefix else None,
            asynchronous=True,
            beam_size=decoding.beam_size,
            num_hypotheses=decoding.beam_size,
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            repetition_penalty=decoding.repetition_penalty,
            length_penalty=decoding.length_penalty,
            suppress_sequences=self._forbidden,
            max_input_length=0,
            max_decoding_length=output_limit(length),
            return_scores=True,
            replace_unknowns=True,
        )
        return answers


def available_threads() -> int:
    """Count the processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def output_limit(length: int) -> int:
    """Return how many pieces a translation may have: far above what good English needs, far below an endless loop.

    `length` is that of the padded source. Never more than CTranslate2's own default, 256, for which every model has
    positions.
    """
    return min(256, 3 * length + 16)


def batches(sources: Sequence[Sequence[str]], batch_tokens: int) -> Iterator[tuple[int, list[int]]]:
    """Yield padded lengths, longest first, and the indices of sources to be padded to them.

    At most `batch_tokens` pieces stand in a batch, padding included.
    """
    members: dict[int, list[int]] = {}
    for i in sorted(range(len(sources)), key=lambda i: -len(sources[i])):
        members.setdefault(padded_length(len(sources[i])), []).append(i)
    for length, group in members.items():
        n = -(-len(group) // max(1, batch_tokens // length))
        yield from ((length, group[k::n]) for k in range(n))


def padded_length(pieces: int) -> int:
    """Return the length that a source is padded to: that of its own pieces alone decides."""
    return max(1, -(-pieces // WIDTH)) * WIDTH


def with_longest(batch: Sequence[Sequence[str]], length: int) -> list[list[str]]:
    """Return the batch with a source of just this length: if none is, the first with its last piece over and over."""
    padded = [list(source) for source in batch]
    if all(len(source) < length for source in padded):
        padded.append(padded[0] + padded[0][-1:] * (length - len(padded[0])))
    return padded


def _decoded(result: "ctranslate2.TranslationResult", decoding: Decoding, limit: int) -> tuple[Decoded, ...]:
    return tuple(
        _hypothesis(pieces, score, decoding, limit)
        for pieces, score in zip(result.hypotheses, result.scores, strict=True)
    )


def _hypothesis(pieces: list[str], score: float, decoding: Decoding, limit: int) -> Decoded:
    length = max(1, len(pieces))
    return Decoded(tuple(pieces), score * length**decoding.length_penalty / length, cut=len(pieces) >= limit)
