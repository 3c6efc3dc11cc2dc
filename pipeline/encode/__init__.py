"""Turn text into unit vectors whose dot product says how alike two texts are, whatever their languages."""

from pipeline.encode.base import Encoder, Matrix, MemoryCache, VectorCache, encode_texts
from pipeline.encode.lexical import Lexical
from pipeline.encode.load import load_encoder, load_encoders

VERSION = "3"

__all__ = [
    "VERSION",
    "Encoder",
    "Lexical",
    "Matrix",
    "MemoryCache",
    "VectorCache",
    "encode_texts",
    "load_encoder",
    "load_encoders",
]
