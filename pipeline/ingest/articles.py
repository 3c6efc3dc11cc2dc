"""Turn the bytes of one file into articles, or into reasons why not."""

import codecs
import hashlib
from dataclasses import dataclass

from pipeline.config import IngestConfig
from pipeline.errors import SeedError
from pipeline.ingest.decode import decode, decode_verbatim, decode_wide
from pipeline.ingest.files import size_limit, split_name, too_long
from pipeline.ingest.jsonl import parse_record
from pipeline.ingest.unpack import unpack
from pipeline.records import Declared, Seed

ID_DIGITS = 16
WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class Ingested:
    """An article and where in its file it stands: `""` for the whole file, `"#3"` for line 3 of a JSONL file."""

    locator: str
    seed: Seed


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file or record that is no article.

    `record` is its locator, `code` a stable word for machines, `message` says what to do.
    """

    record: str
    code: str
    message: str
    sha256: str
    n_bytes: int


def read_articles(
    data: bytes, name: str, config: IngestConfig, *, otherwise: str | None = None
) -> list[Ingested | Rejected]:
    """Return the articles of one file, in file order; what cannot be read is returned as Rejected, never raised.

    `data` is the file as it lies on disk, `name` decides format and packing; a name that tells no format has the one
    called `otherwise`, or is refused. Digests, sizes and ids are those of `data`; of a JSONL record, those of its line
    without the line ending.
    """
    try:
        form = split_name(name)[0] or otherwise
        if form is None:
            raise _unsupported(name)
        content = unpack(data, name, size_limit(name, config))
        if form == "jsonl":
            return _records(content, name, config)
        return [Ingested("", _whole_file(data, content, form, name))]
    except SeedError as error:
        return [_rejected("", error, data)]


def _unsupported(name: str) -> SeedError:
    return SeedError(
        "unsupported",
        f"{name} is not a seed: expected .txt, .md, .html, .htm or .jsonl, each also with .gz or .zst; "
        "rename or remove it",
    )


def _whole_file(data: bytes, content: bytes, form: str, name: str) -> Seed:
    """Decode a file that is one article; HTML is reduced to its main text."""
    if form == "html":
        from pipeline.ingest.html import extract

        text, declared, encoding = extract(content, name)
        return _seed(data, encoding, text, declared, name)
    text, encoding = decode(content, name)
    return _seed(data, encoding, text, Declared(), name)


def _records(content: bytes, name: str, config: IngestConfig) -> list[Ingested | Rejected]:
    """Read JSONL line by line; a bad line costs only itself, a blank one is passed over."""
    records = [
        _record(line, name, f"#{number}", config)
        for number, line in enumerate(_lines(content), start=1)
        if line.strip()
    ]
    if not records:
        raise SeedError("empty", f"{name} holds no records; remove it, or fetch it again")
    return records


def _lines(content: bytes) -> list[bytes]:
    """Split a JSONL file at its line endings; UTF-16 and UTF-32 become UTF-8 first, so that lines are lines."""
    wide = decode_verbatim(content, "") if content.startswith(WIDE_BOMS) else decode_wide(content)
    if wide:
        content = wide[0].encode()
    return content.splitlines()


def _record(line: bytes, name: str, locator: str, config: IngestConfig) -> Ingested | Rejected:
    """Read one JSONL record."""
    where = name + locator
    try:
        if len(line) > config.max_bytes:
            raise too_long(where, config.max_bytes)
        text, declared, encoding = parse_record(line, where)
        return Ingested(locator, _seed(line, encoding, text, declared, where))
    except SeedError as error:
        return _rejected(locator, error, line)


def _seed(data: bytes, encoding: str, text: str, declared: Declared, name: str) -> Seed:
    """Build the record, refusing a text in which there is nothing to read."""
    if not text.strip():
        raise SeedError("empty", f"{name} holds no text; remove it, or fetch the article again")
    digest = hashlib.sha256(data).hexdigest()
    return Seed(digest[:ID_DIGITS], digest, len(data), encoding, text, declared)


def _rejected(record: str, error: SeedError, data: bytes) -> Rejected:
    return Rejected(record, error.code, str(error), hashlib.sha256(data).hexdigest(), len(data))
