"""Read one JSONL record: the edge where other people's data is checked."""

import json
import re

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import SeedError
from pipeline.ingest.decode import decode, unify_line_endings
from pipeline.records import Declared

_HALF = re.compile("[\ud800-\udfff]")


class Record(BaseModel):
    """What a line of a .jsonl seed may say; further keys are ignored, scrapers write many."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published: str | None = None


def parse_record(line: bytes, where: str) -> tuple[str, Declared, str]:
    """Return text, declared metadata and encoding of one line.

    Raises SeedError `bad_record` when the line is not a JSON object with a string `text`.
    """
    source, encoding = decode(line, where)
    try:
        values = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise SeedError("bad_record", f"{where} is not valid JSON: {error}; mend or remove the line") from error
    try:
        record = Record.model_validate(values)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'record'}: {e['msg']}" for e in error.errors())
        raise SeedError("bad_record", f"{where} is not an article record ({problems}); mend the line") from error
    declared = Declared(
        id=_clean(record.id),
        url=_clean(record.url),
        title=_clean(record.title),
        language=_clean(record.language),
        published=_clean(record.published),
    )
    return unify_line_endings(_whole(record.text)), declared, encoding


def _clean(value: str | int | None) -> str | None:
    """Return a declared value on one line, None when it says nothing."""
    return None if value is None else " ".join(_whole(str(value)).split()) or None


def _whole(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON can spell but no file can hold."""
    return _HALF.sub("\ufffd", text)
