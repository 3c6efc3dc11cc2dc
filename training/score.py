"""Score a pack on a source file and its reference as sacreBLEU does, with signatures, and measure its speed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MissingExtraError
from pipeline.store import read_pack
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.tokens import load_tokenizer

BATCH_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Quality:
    """BLEU and chrF with their signatures, and English words written a second."""

    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    lines: int
    words_per_second: float
    output: tuple[str, ...]


def score(folder: Path, sources: Sequence[str], references: Sequence[str], decoding: Decoding, threads: int) -> Quality:
    """Translate each line as the pipeline decodes it, without its guards, and score the result.

    Raises MissingExtraError when sacreBLEU is not installed.
    """
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise MissingExtraError("Scoring a pack", "train") from error
    begun = time.monotonic()
    output = translate(folder, sources, decoding, threads)
    seconds = time.monotonic() - begun
    bleu, chrf = BLEU(), CHRF()
    scores = [metric.corpus_score(list(output), [list(references)]).score for metric in (bleu, chrf)]
    words = sum(len(line.split()) for line in output)
    return Quality(
        bleu=scores[0],
        chrf=scores[1],
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
        lines=len(sources),
        words_per_second=words / seconds,
        output=output,
    )


def translate(folder: Path, sources: Sequence[str], decoding: Decoding, threads: int) -> tuple[str, ...]:
    """Return the English of each line."""
    pack = read_pack(folder)
    tokenizer, engine = load_tokenizer(pack), Engine(pack, "int8", threads)
    decoded = engine.decode([tokenizer.encode(line) for line in sources], decoding, BATCH_TOKENS)
    return tuple(tokenizer.decode(list(best.pieces)) for best, *_ in decoded)
