"""The seeds that could not be read, each with its reason."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

_NAME = "quarantine.jsonl"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A seed left out: `code` is a word for machines, `reason` a sentence for people.

    `sha256` and `n_bytes` are None for a file that could not be opened.
    """

    path: str
    code: str
    reason: str
    sha256: str | None
    n_bytes: int | None


def write_quarantine(rows: Iterable[Quarantined], folder: Path) -> None:
    """Write `quarantine.jsonl`, sorted by path; the file is there, and empty, when nothing was left out."""
    ordered = sorted(rows, key=lambda row: (row.path, row.code, row.reason))
    lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in ordered)
    (folder / _NAME).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_quarantine(folder: Path) -> list[Quarantined]:
    """Return what `write_quarantine` wrote; nothing where no run has written."""
    try:
        text = (folder / _NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    # a file's name may hold what `splitlines` takes for the end of a line
    return [Quarantined(**json.loads(line)) for line in text.split("\n") if line]
