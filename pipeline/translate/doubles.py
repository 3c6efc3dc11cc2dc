"""Words that English never says twice in a row: models in a loop do, and are kept from it while they decode."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

WORDS = 2000
"""How many of a model's words are watched: its most frequent. More cost time and find little (docs/translation.md)."""
_BEGINS = "▁"


@cache
def allowed() -> frozenset[str]:
    """Return the words that English may say twice in a row (`had had`)."""
    text = files("pipeline.translate").joinpath("data/guards.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["repetition"]["doubled"])


def forbidden(model: Path) -> list[list[str]]:
    """Return the pairs of equal pieces that a model folder's English must not hold.

    SentencePiece numbers its pieces by frequency, so that the first whole words are the most frequent. A vocabulary of
    another make has no such words and forbids nothing.
    """
    words = (piece for piece in _vocabulary(model) if piece.startswith(_BEGINS) and piece[1:].isalpha())
    return [[word, word] for word in words if word[1:].lower() not in allowed()][:WORDS]


def _vocabulary(model: Path) -> list[str]:
    for path in sorted([*model.glob("target_vocabulary.*"), *model.glob("shared_vocabulary.*")], reverse=True):
        text = path.read_text(encoding="utf-8")
        return list(map(str, json.loads(text))) if path.suffix == ".json" else text.split("\n")
    return []
