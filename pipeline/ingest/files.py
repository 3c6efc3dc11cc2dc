"""Find the seeds of a folder and read their bytes; nothing here looks inside them."""

import os
from pathlib import Path, PurePosixPath

from pipeline.config import IngestConfig
from pipeline.errors import SeedError

FORMATS = {".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
PACKINGS = {".gz": "gzip", ".zst": "zstd"}
SUFFIXES: tuple[str, ...] = (*FORMATS, *(form + packing for form in FORMATS for packing in PACKINGS))


def split_name(name: str) -> tuple[str | None, str | None]:
    """Return the format (`text`, `html`, `jsonl`) and packing (`gzip`, `zstd`) that a file name promises, or None."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    packing = PACKINGS.get(suffixes[-1]) if suffixes else None
    inner = suffixes[:-1] if packing else suffixes
    return (FORMATS.get(inner[-1]) if inner else None), packing


def printable(path: Path | str) -> str:
    r"""Return a file name that can be printed and stored: bytes that are no UTF-8 become `\xff` spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find_seeds(folder: Path) -> list[str]:
    """List the files below a folder as sorted posix names relative to it.

    Whatever is there is listed, so that it is quarantined rather than overlooked: files of unknown kind, links that
    lead nowhere, folders that cannot be opened. Hidden files and folders are left out. Links are followed; a folder
    that was met before is not entered again.
    """
    if not folder.exists():
        return []
    names: list[str] = []
    met = {folder.resolve()}
    closed: list[str] = []
    for current, folders, files in os.walk(
        folder, followlinks=True, onerror=lambda error: closed.append(error.filename)
    ):
        here = Path(current)
        folders[:] = [name for name in sorted(folders) if not name.startswith(".") and _is_new(here / name, met)]
        names += [(here / name).relative_to(folder).as_posix() for name in files if not name.startswith(".")]
    return sorted([*names, *(Path(name).relative_to(folder).as_posix() for name in closed)])


def _is_new(folder: Path, met: set[Path]) -> bool:
    """Say whether a folder is met for the first time, and remember it."""
    target = folder.resolve()
    new = target not in met
    met.add(target)
    return new


def read_bytes(path: Path, config: IngestConfig) -> bytes:
    """Read a seed as it lies on disk.

    Raises SeedError `unreadable` when the system refuses, `too_long` when the file alone is over its limit.
    """
    limit = size_limit(path.name, config)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise SeedError("unreadable", f"{printable(path)} is a pipe or a device, not a file; remove it")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SeedError(
            "unreadable", f"{printable(path)} cannot be read: {reason}; check that it exists and its rights"
        ) from error
    if len(data) > limit:
        raise too_long(printable(path), limit)
    return data


def size_limit(name: str, config: IngestConfig) -> int:
    """Return how many bytes a file of this name may hold, packed or not."""
    return config.max_jsonl_bytes if split_name(name)[0] == "jsonl" else config.max_bytes


def too_long(what: str, limit: int) -> SeedError:
    """Build the error for a seed or record of more than `limit` bytes."""
    return SeedError(
        "too_long",
        f"{what} is longer than {limit:,} bytes; split it, or raise max_bytes (max_jsonl_bytes for whole .jsonl "
        "files) under [ingest] in the configuration",
    )
