"""The translation memory: what was translated once is never translated again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from pipeline.records import Hypothesis


class Memory(Protocol):
    """Where hypotheses are kept between calls and runs; the runner's lies in its state file."""

    def get_many(self, keys: Iterable[str]) -> dict[str, Hypothesis]:
        """Return the hypotheses kept under those of the keys that are known."""
        ...

    def put_many(self, hypotheses: Mapping[str, Hypothesis]) -> None:
        """Keep each hypothesis under its key."""
        ...


class DictMemory:
    """A memory that lasts as long as the process."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: dict[str, Hypothesis] = {}

    def get_many(self, keys: Iterable[str]) -> dict[str, Hypothesis]:
        """Return the hypotheses kept under those of the keys that are known."""
        return {key: self._kept[key] for key in keys if key in self._kept}

    def put_many(self, hypotheses: Mapping[str, Hypothesis]) -> None:
        """Keep each hypothesis under its key."""
        self._kept.update(hypotheses)

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)


def memory_key(signature: str, terms: tuple[tuple[str, str], ...], lang: str, source: str) -> str:
    """Return the SHA-256 of all that decides a translation: how it is made, the terms that apply, and the sentence."""
    return hashlib.sha256(json.dumps([signature, terms, lang, source]).encode()).hexdigest()
