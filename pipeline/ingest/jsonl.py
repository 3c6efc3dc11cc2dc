"""Read one JSONL record: the edge where other people's data is checked."""

import json

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import SeedError
from pipeline.ingest.decode import decode, unify_line_endings
from pipeline.records import Declared


class Record(BaseModel):
    """What a line of a .jsonl seed may say; further keys are ignored, scrapers write many."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    text: str
    id: str | None = None
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
        record = Record.model_validate(json.loads(source))
    except (json.JSONDecodeError, RecursionError) as error:
        raise SeedError("bad_record", f"{where} is not valid JSON: {error}; mend or remove the line") from error
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
    return unify_line_endings(record.text), declared, encoding


def _clean(value: str | None) -> str | None:
    """Return a declared value on one line, None when it says nothing."""
    return " ".join(value.split()) or None if value else None
