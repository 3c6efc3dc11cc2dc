"""SentencePiece models as lists of pieces: read, cut down, reordered and written without protobuf.

A model file is a protobuf message whose field 1 repeats (piece, score, type); the other fields (normaliser, trainer
settings) are carried along as bytes. Source: `sentencepiece_model.proto` of SentencePiece.
"""

import io
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.pairs import TrainingError

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

UNKNOWN, BEGIN, END = 0, 1, 2
N_FIXED = 3 + 256
"""`<unk> <s> </s>` and the 256 bytes stand first in every vocabulary here."""
NORMAL = 1
NORMALIZER = 3
"""The field of a model file that holds the normaliser."""
BYTES_FOLLOW = 2
"""Protobuf's wire type of a field that gives its length first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a vocabulary; `kind` is SentencePiece's type (1 normal, 2 unknown, 3 control, 6 byte)."""

    text: str
    score: float
    kind: int = NORMAL


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of a model, in the order of their ids, and what else its file holds."""

    pieces: tuple[Piece, ...]
    rest: bytes

    def head(self, count: int) -> "Vocabulary":
        """Return the vocabulary of the first pieces: the target side's."""
        return Vocabulary(self.pieces[:count], self.rest)

    def to_bytes(self) -> bytes:
        """Return the model file."""
        return b"".join(_field(1, _piece_bytes(piece)) for piece in self.pieces) + self.rest

    def processor(self) -> "SentencePieceProcessor":
        """Return a working tokenizer."""
        from sentencepiece import SentencePieceProcessor

        return SentencePieceProcessor(model_proto=self.to_bytes())


def parse(blob: bytes) -> Vocabulary:
    """Read a model file; raise TrainingError when it is none."""
    pieces: list[Piece] = []
    rest = bytearray()
    try:
        for number, body, whole in _fields(blob):
            if number == 1:
                pieces.append(_parse_piece(body))
            else:
                rest += whole
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise TrainingError(f"damaged SentencePiece model: {error}; fetch it again") from error
    return Vocabulary(tuple(pieces), bytes(rest))


def with_rest_field(rest: bytes, number: int, body: bytes) -> bytes:
    """Return the other fields of a model file with one of them, a message, replaced."""
    return b"".join(whole for other, _, whole in _fields(rest) if other != number) + _field(number, body)


def learn(lines: Iterable[str], size: int) -> Vocabulary:
    """Learn a vocabulary of about `size` pieces with all bytes among them (unigram, NFKC)."""
    from sentencepiece import SentencePieceTrainer

    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=0.9997,
        normalization_rule_name="nmt_nfkc",
        hard_vocab_limit=False,
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        pad_id=-1,
        minloglevel=2,
        max_sentence_length=8000,
    )
    return parse(model.getvalue())


def encode(processor: "SentencePieceProcessor", lines: Sequence[str]) -> list[list[int]]:
    """Return the piece ids of each line."""
    found: list[list[int]] = processor.encode(list(lines), out_type=int)
    return found


def _fields(blob: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield number, body and the whole of each field; raise TrainingError where one is no message that fits."""
    at = 0
    while at < len(blob):
        start = at
        tag, at = _varint(blob, at)
        size, at = _varint(blob, at)
        if tag & 7 != BYTES_FOLLOW or at + size > len(blob):
            raise TrainingError("not a SentencePiece model; give the sentencepiece.model of a pack")
        yield tag >> 3, blob[at : at + size], blob[start : at + size]
        at += size


def _parse_piece(body: bytes) -> Piece:
    text, score, kind, at = "", 0.0, NORMAL, 0
    while at < len(body):
        tag, at = _varint(body, at)
        match tag >> 3:
            case 1:
                size, at = _varint(body, at)
                text, at = body[at : at + size].decode(), at + size
            case 2:
                (score,), at = struct.unpack_from("<f", body, at), at + 4
            case _:
                kind, at = _varint(body, at)
    return Piece(text, score, kind)


def _piece_bytes(piece: Piece) -> bytes:
    return _field(1, piece.text.encode()) + b"\x15" + struct.pack("<f", piece.score) + b"\x18" + _to_varint(piece.kind)


def _field(number: int, body: bytes) -> bytes:
    return _to_varint(number << 3 | 2) + _to_varint(len(body)) + body


def _varint(blob: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = blob[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:  # noqa: PLR2004 - the top bit says whether another byte follows
            return value, at


def _to_varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:  # noqa: PLR2004
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
