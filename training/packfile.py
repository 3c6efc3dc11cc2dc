"""Read the weights of a CTranslate2 model file back into float32: a shipped pack is a checkpoint to train on from.

The format (binary version 6): name and revision of the specification, then the variables (name, sizes, type, bytes),
then aliases. int8 rows were made as round(w · scale), so w = q / scale, exact to half a step.
"""

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.pairs import TrainingError

Weights = dict[str, npt.NDArray[np.float32]]
TYPES = {0: "<f4", 1: "i1", 2: "<i2", 3: "<i4", 4: "<f2"}
BINARY_VERSION = 6


class _Reader:
    """A cursor over the bytes of a file."""

    def __init__(self, blob: bytes) -> None:
        self.blob, self.at = blob, 0

    def number(self, code: str) -> int:
        value = int(struct.unpack_from("<" + code, self.blob, self.at)[0])
        self.at += struct.calcsize("<" + code)
        return value

    def text(self) -> str:
        size = self.number("H")
        self.at += size
        return self.blob[self.at - size : self.at - 1].decode()

    def array(self) -> npt.NDArray[np.generic]:
        sizes = [self.number("I") for _ in range(self.number("B"))]
        kind = np.dtype(TYPES[self.number("B")])
        n_bytes = self.number("I")
        self.at += n_bytes
        return np.frombuffer(self.blob, kind, n_bytes // kind.itemsize, self.at - n_bytes).reshape(sizes)


def read_weights(path: Path) -> Weights:
    """Return every variable of `model.bin` as float32, dequantised, aliases resolved.

    Raises TrainingError when the file is of another version or is cut off.
    """
    reader = _Reader(path.read_bytes())
    version = reader.number("I")
    if version != BINARY_VERSION:
        raise TrainingError(f"{path} is of CTranslate2's format {version}, not {BINARY_VERSION}; export the model anew")
    try:
        reader.text(), reader.number("I")
        stored = {}
        for _ in range(reader.number("I")):
            name = reader.text()
            stored[name] = reader.array()
        aliases = [(reader.text(), reader.text()) for _ in range(reader.number("I"))]
    except (struct.error, ValueError, KeyError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path} is damaged ({error}); install the pack again") from error
    weights = {name: _whole(name, stored) for name in stored if not name.endswith("_scale")}
    weights.update({alias: weights[name] for alias, name in aliases if name in weights})
    return weights


def _whole(name: str, stored: dict[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float32]:
    values = stored[name].astype(np.float32)
    scale = stored.get(f"{name}_scale")
    return values if scale is None else values / scale.astype(np.float32)[:, None]
