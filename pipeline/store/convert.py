"""Bring a model folder of any known kind into the store's layout."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MissingExtraError, ModelError
from pipeline.store.codes import to_argos
from pipeline.store.pack import METADATA, RECORD

_TOKENIZER_NAMES = {
    "sentencepiece.model": "sentencepiece.model",
    "sentencepiece.bpe.model": "sentencepiece.model",
    "spm.model": "sentencepiece.model",
    "source.spm": "source.spm",
    "target.spm": "target.spm",
    "bpe.model": "bpe.model",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the caller says about a model that does not say it itself."""

    from_codes: tuple[str, ...] = ()
    to_code: str = "en"
    licence: str | None = None
    origin: str | None = None


def adopt(source: Path, target: Path, said: Said, name: str) -> str:
    """Copy or convert the model in `source` to `target`; `name` is what the folder or file was called.

    Returns the name that the model goes by: that of the only folder inside, where there is one, else `name`.
    Raises ModelError when no kind of model fits, or a part or the languages are missing.
    """
    root = _root(source)
    if (root / METADATA).is_file():
        _copy_argos(root, target)
        _record(target, "argos", said, root / RECORD)
    elif (root / "decoder.yml").is_file():
        _convert_marian(root, target)
        _describe(root, target, said, name)
        _record(target, "opus-mt", said)
    elif (root / "model.bin").is_file():
        _copy_ctranslate2(root, target)
        _describe(root, target, said, name)
        _record(target, "ctranslate2", said)
    elif (root / "config.json").is_file():
        _convert_transformers(root, target)
        _describe(root, target, said, name)
        _record(target, "opus-mt", said)
    else:
        raise ModelError(
            f"{name} is no translation model: it holds neither metadata.json (Argos), model.bin (CTranslate2) "
            "nor decoder.yml or config.json (OPUS-MT)"
        )
    return name if root == source else root.name


def _root(folder: Path) -> Path:
    """Return the folder that holds the model: the one given, or the only folder in it."""
    inside = [path for path in folder.iterdir() if path.name != "__MACOSX"]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _copy_argos(root: Path, target: Path) -> None:
    """Copy what translates; the sentence splitters that packages carry (stanza, MiniSBD) are not used here."""
    target.mkdir()
    for name in (METADATA, "README.md", "LICENSE", *_TOKENIZER_NAMES):
        if (root / name).is_file():
            shutil.copyfile(root / name, target / name)
    if (root / "model").is_dir():
        _copy_files(root / "model", target / "model")


def _copy_ctranslate2(root: Path, target: Path) -> None:
    target.mkdir()
    _copy_files(root, target / "model", skip=frozenset(_TOKENIZER_NAMES))
    _copy_tokenizer(root, target)


def _convert_marian(root: Path, target: Path) -> None:
    """Convert with CTranslate2's own converter; the description may name files of its own folder only."""
    from ctranslate2.converters import OpusMTConverter

    text = (root / "decoder.yml").read_text(encoding="utf-8")
    for name in re.findall(r"^\s*-\s*(.+?)\s*$", text, re.MULTILINE):
        if not (root / name.strip("'\"")).resolve().is_relative_to(root.resolve()):
            raise ModelError(f"decoder.yml names a file outside the model's folder: {name}; it was not installed")
    target.mkdir()
    try:
        OpusMTConverter(str(root)).convert(str(target / "model"), quantization="int8")
    except Exception as error:  # the converter lets whatever goes wrong inside it pass
        raise ModelError(f"CTranslate2 cannot convert the Marian model: {error}") from error
    _copy_tokenizer(root, target)


def _convert_transformers(root: Path, target: Path) -> None:
    try:
        import transformers  # noqa: F401 - asked for, so that the error names the extra
        from ctranslate2.converters import TransformersConverter
    except ImportError as error:
        raise MissingExtraError("converting a Transformers model", "convert") from error
    target.mkdir()
    try:
        TransformersConverter(str(root)).convert(str(target / "model"), quantization="int8")
    except Exception as error:  # as above
        raise ModelError(f"CTranslate2 cannot convert the Transformers model: {error}") from error
    _copy_tokenizer(root, target)


def _copy_tokenizer(root: Path, target: Path) -> None:
    for name, ours in _TOKENIZER_NAMES.items():
        if (root / name).is_file() and not (target / ours).exists():
            shutil.copyfile(root / name, target / ours)


def _copy_files(source: Path, target: Path, skip: frozenset[str] = frozenset()) -> None:
    """Copy the files of a folder; what a link points at is not ours to take."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_symlink():
            raise ModelError(f"{path} is a link; copy the file itself there and install again")
        if path.is_file() and path.name not in skip:
            shutil.copyfile(path, target / path.name)


def _describe(root: Path, target: Path, said: Said, name: str) -> None:
    """Write the metadata that a CTranslate2 or OPUS-MT folder lacks."""
    guess = re.search(r"([a-z]{2,3})[-_]([a-z]{2,3})$", root.name) or re.search(r"([a-z]{2,3})[-_]([a-z]{2,3})$", name)
    codes = said.from_codes or ((guess[1],) if guess else ())
    if not codes:
        raise ModelError(f"{name} does not say from which language it translates; say it: --from LANG")
    metadata = {
        "package_version": "1.0",
        "from_code": to_argos(codes[0]),
        "from_codes": [to_argos(code) for code in codes],
        "to_code": to_argos(said.to_code),
        "type": "translate",
    }
    (target / METADATA).write_text(json.dumps(metadata, indent=1, sort_keys=True), encoding="utf-8")


def _record(target: Path, kind: str, said: Said, before: Path | None = None) -> None:
    """Write what is known beside the metadata; what an earlier record says stands where the caller is silent."""
    known = json.loads(before.read_text(encoding="utf-8")) if before and before.is_file() else {"origin": said.origin}
    given = {"kind": kind, "licence": said.licence, "origin": known.get("origin") or said.origin}
    record = known | {key: value for key, value in given.items() if value}
    (target / RECORD).write_text(json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False), encoding="utf-8")
