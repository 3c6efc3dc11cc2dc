"""Cut text into a model's pieces and join its pieces into text."""

from pathlib import Path
from typing import Protocol

from pipeline.errors import ModelError
from pipeline.store import Pack
from pipeline.store.codes import to_argos


class Tokenizer(Protocol):
    """A model's own cutting of text."""

    def encode(self, text: str) -> list[str]:
        """Return the pieces of a source text."""
        ...

    def decode(self, pieces: list[str]) -> str:
        """Return the text of target pieces."""
        ...


class SentencePiece:
    """One SentencePiece model for both sides, or one for each."""

    def __init__(self, source: Path, target: Path) -> None:
        """Load the models."""
        import sentencepiece

        self._source = sentencepiece.SentencePieceProcessor(model_file=str(source))
        same = source == target
        self._target = self._source if same else sentencepiece.SentencePieceProcessor(model_file=str(target))

    def encode(self, text: str) -> list[str]:
        """Return the pieces of a source text."""
        pieces: list[str] = self._source.encode(text, out_type=str)
        return pieces

    def decode(self, pieces: list[str]) -> str:
        """Return the text of target pieces; unlike Argos Translate's, an underscore stays an underscore."""
        text: str = self._target.decode_pieces(pieces)
        return text.replace("▁", " ").strip()


def load_tokenizer(pack: Pack) -> Tokenizer:
    """Load the tokenizer of a pack: SentencePiece, or the BPE of the oldest Argos packages."""
    paths = pack.tokenizer
    try:
        if paths[0].name == "bpe.model":
            return _bpe(pack)
        return SentencePiece(paths[0], paths[-1])
    except (OSError, RuntimeError, ValueError) as error:
        raise ModelError(f"cannot load the tokenizer of {pack.folder}: {error}; install the model again") from error


def _bpe(pack: Pack) -> Tokenizer:
    from argostranslate.tokenizer import BPETokenizer

    tokenizer: Tokenizer = BPETokenizer(pack.tokenizer[0], to_argos(pack.from_codes[0]), to_argos(pack.to_code))
    return tokenizer
