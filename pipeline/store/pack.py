"""One installed translation model: a folder in the layout of an Argos package.

    starter-mul_en-0_5/
      metadata.json          languages and version, in Argos' keys
      model/                 a CTranslate2 model
      sentencepiece.model    or source.spm and target.spm, or bpe.model
      pack.json              what we know beside: kind, licence, origin (optional)

The metadata is read directly: importing `argostranslate.package` would make folders in the user's home.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.store.codes import from_argos

METADATA = "metadata.json"
RECORD = "pack.json"
TOKENIZERS = (("sentencepiece.model",), ("source.spm", "target.spm"), ("bpe.model",))


@dataclass(frozen=True, slots=True)
class Pack:
    """A translation model in the store; `digest` covers every byte that can change a translation."""

    name: str
    version: str
    from_codes: tuple[str, ...]
    to_code: str
    folder: Path
    digest: str
    kind: str = "argos"
    licence: str = "not stated"
    origin: str = "unknown"
    target_prefix: str = ""

    @property
    def label(self) -> str:
        """Name and version, as written into the sentences' `model` column."""
        return f"{self.name} {self.version}"

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    @property
    def tokenizer(self) -> tuple[Path, ...]:
        """The tokenizer's files: one for both sides, or source and target."""
        return _tokenizer(self.folder)


def read_pack(folder: Path) -> Pack:
    """Read the pack in `folder`.

    Raises ModelError when a part is missing or the metadata cannot be understood.
    """
    metadata = _read_json(folder / METADATA)
    record = _read_json(folder / RECORD) if (folder / RECORD).exists() else {}
    parts = _parts(folder)
    version = str(metadata.get("package_version", "0"))
    return Pack(
        name=_name(folder.name, version),
        version=version,
        from_codes=_from_codes(metadata, folder),
        to_code=_to_code(metadata, folder),
        folder=folder,
        digest=digest_files(folder, parts),
        kind=str(record.get("kind", "argos")),
        licence=str(record.get("licence") or metadata.get("license") or "not stated"),
        origin=str(record.get("origin") or "unknown"),
        target_prefix=str(metadata.get("target_prefix") or ""),
    )


def digest_files(folder: Path, parts: tuple[Path, ...]) -> str:
    """Return the SHA-256 over the names and contents of the files, independent of where the folder stands."""
    whole = hashlib.sha256()
    for path in sorted(parts):
        whole.update(f"{path.relative_to(folder).as_posix()}\0{_digest(path)}\n".encode())
    return whole.hexdigest()


def _digest(path: Path) -> str:
    """Hash a file, once per process for each state in which it is seen."""
    stat = path.stat()
    return _digest_state(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


@lru_cache(maxsize=4096)
def _digest_state(path: Path, *_state: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read {path}: {error}; install the model again or remove its folder") from error
    if not isinstance(data, dict):
        raise ModelError(f"{path} is not a JSON object; install the model again or remove its folder")
    return data


def _parts(folder: Path) -> tuple[Path, ...]:
    """Return the files that decide a translation; raise ModelError when one that is needed is missing."""
    model = folder / "model"
    if not (model / "model.bin").is_file():
        raise ModelError(f"{folder} lacks model/model.bin; install the model again or remove its folder")
    if not any(model.glob("*vocabulary*")):
        raise ModelError(f"{folder} lacks the vocabulary in model/; install the model again or remove its folder")
    weights = tuple(path for path in model.rglob("*") if path.is_file())
    return (folder / METADATA, *_tokenizer(folder), *weights)


def _tokenizer(folder: Path) -> tuple[Path, ...]:
    for names in TOKENIZERS:
        paths = tuple(folder / name for name in names)
        if all(path.is_file() for path in paths):
            return paths
    raise ModelError(f"{folder} lacks a tokenizer (sentencepiece.model); install the model again or remove its folder")


def _from_codes(metadata: dict[str, Any], folder: Path) -> tuple[str, ...]:
    codes = metadata.get("from_codes") or [metadata.get("from_code")]
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        raise ModelError(f"{folder / METADATA} does not say from which languages the model translates (from_code)")
    return tuple(dict.fromkeys(from_argos(code) for code in codes))


def _to_code(metadata: dict[str, Any], folder: Path) -> str:
    code = metadata.get("to_code")
    if not isinstance(code, str) or not code:
        raise ModelError(f"{folder / METADATA} does not say into which language the model translates (to_code)")
    return from_argos(code)


def _name(folder: str, version: str) -> str:
    return re.sub(rf"-{re.escape(version.replace('.', '_'))}$", "", folder)
