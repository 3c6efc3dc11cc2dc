"""The seeds that could not be read, each with its reason."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


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
    (folder / "quarantine.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")
