"""A language small enough to learn in a moment: English, word for word, in made-up words."""

import lzma
from pathlib import Path
from random import Random

WORDS = {
    "kapal": "ship",
    "biru": "blue",
    "tiba": "arrives",
    "besar": "big",
    "pulang": "returns",
    "rumah": "house",
    "pagi": "today",
    "nelayan": "fisher",
}


def sentences(count: int) -> list[tuple[str, str]]:
    """Return pairs of sentences; no word comes twice, which the decoder would not say."""
    random = Random(3)
    lines = [random.sample(list(WORDS), k=random.randint(2, 6)) for _ in range(count)]
    return [(" ".join(words), " ".join(WORDS[word] for word in words)) for words in lines]


def write_tsv(folder: Path, count: int = 300, name: str = "id.tsv.xz", origin: str = "harbour") -> Path:
    text = "".join(f"{source}\t{english}\t{origin}\n" for source, english in sentences(count))
    path = folder / name
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path
