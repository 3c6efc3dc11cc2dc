"""Unpack a model's archive without trusting it.

What is refused: names that are absolute or climb out, links and special files, two members of one name, more files or
bytes than a model has, members longer than they claim, and archives that are damaged. The caller unpacks into a
temporary folder and moves it into the store once it has been read as a pack, so that a refusal leaves nothing behind.
"""

import lzma
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from pipeline.errors import ModelError

MAX_FILES = 10_000
MAX_BYTES = 16 * 2**30
MAX_RATIO = 200
"""Weights compress to a half at best, vocabularies to a fifth; bombs start at a thousand."""
_CHUNK = 2**20
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError)
_RATIO_FLOOR = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may unpack to."""

    files: int = MAX_FILES
    bytes: int = MAX_BYTES
    ratio: int = MAX_RATIO


def unpack(archive: Path, folder: Path, limits: Limits | None = None) -> None:
    """Unpack a zip (`.argosmodel`) or tar file into `folder`; raise ModelError at the first thing that is wrong."""
    limits = limits or Limits()
    try:
        if zipfile.is_zipfile(archive):
            _unpack_zip(archive, folder, limits)
        elif tarfile.is_tarfile(archive):
            _unpack_tar(archive, folder, limits)
        else:
            raise ModelError(f"{archive} is neither a zip (.argosmodel) nor a tar file; download it again")
    except (*_DAMAGE, OSError, RuntimeError) as error:  # RuntimeError: encrypted, or packed in a way unknown here
        raise ModelError(f"{archive} is damaged: {error}; download it again") from error


def _unpack_zip(archive: Path, folder: Path, limits: Limits) -> None:
    with zipfile.ZipFile(archive) as opened:
        members = opened.infolist()
        _check_names(archive, [member.filename for member in members])
        _check_sizes(archive, [member.file_size for member in members], limits)
        for member in members:
            mode = member.external_attr >> 16
            if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
                raise ModelError(f"{archive} holds a link or special file: {member.filename}; it was not installed")
            if not member.is_dir():
                with opened.open(member) as source:
                    _write(archive, source, folder / member.filename, member.file_size)


def _unpack_tar(archive: Path, folder: Path, limits: Limits) -> None:
    with tarfile.open(archive) as opened:
        members = list(_limited(archive, opened, limits))
        _check_names(archive, [member.name for member in members])
        for member in members:
            if not (member.isreg() or member.isdir()):
                raise ModelError(f"{archive} holds a link or special file: {member.name}; it was not installed")
            if member.isreg() and (source := opened.extractfile(member)):
                with source:
                    _write(archive, source, folder / member.name, member.size)


def _limited(archive: Path, opened: tarfile.TarFile, limits: Limits) -> Iterator[tarfile.TarInfo]:
    """Yield the members, giving up as soon as there is too much: a compressed tar has no table to ask beforehand."""
    sizes: list[int] = []
    for member in opened:
        sizes.append(member.size)
        _check_sizes(archive, sizes, limits)
        yield member


def _check_names(archive: Path, names: list[str]) -> None:
    for name in names:
        if not _is_inside(name):
            raise ModelError(f"{archive} holds a file outside its own folder: {name!r}; it was not installed")
    plain = [str(PurePosixPath(name)).casefold() for name in names]
    if len(set(plain)) < len(plain):
        raise ModelError(f"{archive} holds two files of one name; it was not installed")


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    absolute = path.is_absolute() or PureWindowsPath(name).drive or "\\" in name or "\0" in name
    return bool(name) and not absolute and ".." not in path.parts


def _check_sizes(archive: Path, sizes: list[int], limits: Limits) -> None:
    total = sum(sizes)
    if len(sizes) > limits.files:
        raise ModelError(f"{archive} holds more than {limits.files} files; it was not installed")
    if total > limits.bytes:
        raise ModelError(f"{archive} would unpack to more than {limits.bytes} bytes; it was not installed")
    if total > _RATIO_FLOOR and total > limits.ratio * archive.stat().st_size:
        raise ModelError(f"{archive} unpacks to over {limits.ratio} times its size, as no model does; not installed")


def _write(archive: Path, source: IO[bytes], path: Path, size: int) -> None:
    """Write a member, and refuse it when it holds more or less than it claimed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with path.open("xb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > size:
                break
            file.write(chunk)
    if written != size:
        raise ModelError(f"{archive} lies about the size of {path.name}; it was not installed")


@contextmanager
def staging(store: Path) -> Iterator[Path]:
    """Yield an empty folder in the store, hidden from it, and remove whatever is left of it afterwards."""
    import tempfile

    store.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".installing-", dir=store))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
