"""Make results visible: write aside, fsync, rename; a reader sees the old file or the new one, never half of one."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.emit.splits import SPLITS
from pipeline.runner.state import FOLDER, PUBLISHED, State

_COUNTS = "counts"


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """Lend an empty folder on the same file system; whatever is left in it is removed afterwards."""
    folder = output / FOLDER / "staging"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(staged: Path, output: Path, key: str, counts: bytes, state: State) -> None:
    """Rename every staged file into place, remove corpus files of an earlier run, and remember what was published.

    `counts` says what is in the files. It changes in the same transaction that takes back the word for the files there
    before, so that whatever a kill leaves is published anew, never described by the counts of another run.
    """
    names = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    state.facts.put_many({PUBLISHED: b"", _COUNTS: counts})
    for name in names:
        put_in_place(staged / name, output / name)
    for split in SPLITS:
        for part in (output / "corpus").glob(f"{split}-*-of-*.parquet"):
            if part.relative_to(output).as_posix() not in names:
                part.unlink()
    for folder in {(output / name).parent for name in names}:
        _sync(folder)
    stamps = {name: _stamp(output / name) for name in names}
    state.facts.put(PUBLISHED, json.dumps({"key": key, "files": stamps}).encode())


def is_published(output: Path, key: str, state: State) -> bool:
    """Tell whether the output folder still holds, untouched, what was published under this key."""
    record = json.loads(state.facts.get(PUBLISHED) or b"{}")
    return record.get("key") == key and is_untouched(output, state)


def is_untouched(output: Path, state: State) -> bool:
    """Tell whether the output folder still holds, as they were written, the files that were published last."""
    files: dict[str, list[int]] = json.loads(state.facts.get(PUBLISHED) or b"{}").get("files", {})
    return bool(files) and all(
        (output / name).exists() and _stamp(output / name) == stamp for name, stamp in files.items()
    )


def published_counts(state: State) -> bytes:
    """Return what `publish` was told of the files that it published."""
    return state.facts.get(_COUNTS) or b""


def put_in_place(staged: Path, target: Path) -> None:
    """Rename one file to where it belongs once its bytes are on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sync(staged)
    staged.replace(target)


def _stamp(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
