"""Let a tokenizer read Traditional Chinese as Simplified, so that both scripts train the same embeddings.

The mapping is part of the SentencePiece model: whoever encodes with it needs nothing else.
"""

from dataclasses import replace

from pipeline.errors import MissingExtraError
from training.pieces import NORMALIZER, Vocabulary, with_rest_field

HAN = range(0x3400, 0xA000)


def simplifying(vocabulary: Vocabulary) -> Vocabulary:
    """Return the vocabulary with a normaliser that also writes each Traditional character as OpenCC simplifies it.

    A character stays as it is where the vocabulary has no piece with the simplified one. Raises MissingExtraError when
    OpenCC is not installed.
    """
    from sentencepiece import SentencePieceNormalizer

    rules = dict(SentencePieceNormalizer(model_proto=vocabulary.to_bytes()).Decompile())
    known = {letter for piece in vocabulary.pieces for letter in piece.text}
    simpler = {old: new for old, new in _simplified().items() if new in known}
    for old, new in simpler.items():
        rules.setdefault(old, new)
    compiled = SentencePieceNormalizer(
        norm_map=[(old, "".join(simpler.get(letter, letter) for letter in new)) for old, new in rules.items()]
    )
    return replace(vocabulary, rest=with_rest_field(vocabulary.rest, NORMALIZER, compiled.serialized_normalizer_spec()))


def _simplified() -> dict[str, str]:
    """Return the Simplified character of each Traditional one that has one."""
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise MissingExtraError("Reading Traditional Chinese as Simplified", "train") from error
    convert = OpenCC("t2s").convert
    pairs = ((letter, convert(letter)) for letter in map(chr, HAN))
    return {old: new for old, new in pairs if new != old and len(new) == 1}
