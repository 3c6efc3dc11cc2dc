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


def is_seed(path: Path) -> bool:
    """Say whether the file name ends in one of `SUFFIXES`."""
    return split_name(path.name)[0] is not None


def find_seeds(folder: Path) -> list[str]:
    """List the files below a folder as sorted posix names relative to it.

    Files of unknown kind are listed too, so that they are quarantined rather than overlooked. Hidden files and folders
    are left out, and so are links that leave the folder, dangle or run in a circle. A folder that cannot be
    listed is skipped.
    """
    root = folder.resolve()
    names: list[str] = []
    for current, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(current)
        names.extend(
            (here / name).relative_to(folder).as_posix()
            for name in files
            if not name.startswith(".") and _stays_inside(here / name, root)
        )
    return sorted(names)


def _stays_inside(path: Path, root: Path) -> bool:
    """Say whether a file, followed through its links, exists below the root."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root)


def read_bytes(path: Path, config: IngestConfig) -> bytes:
    """Read a seed as it lies on disk.

    Raises SeedError `unreadable` when the system refuses, `too_long` when the file alone is over its limit.
    """
    limit = size_limit(path.name, config)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SeedError(
            "unreadable", f"{path} cannot be read: {reason}; check that it exists and its rights"
        ) from error
    if len(data) > limit:
        raise too_long(path.name, limit)
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
