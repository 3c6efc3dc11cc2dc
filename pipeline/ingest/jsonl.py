"""Read one JSONL record: the edge where other people's data is checked."""

import json
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from pipeline.config import describe
from pipeline.errors import SeedError
from pipeline.ingest.decode import decode_verbatim, mend_halves, one_line, unify_line_endings
from pipeline.records import Declared

_MILLISECONDS = 1e11  # a greater number of seconds would be a date after the year 5000


def _as_date(value: object) -> object:
    """Write a number, Unix time in seconds or milliseconds, as a date and time; leave anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    try:
        moment = datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
    except (OverflowError, OSError, ValueError):
        return str(value)
    return moment.isoformat(timespec="seconds")


class Record(BaseModel):
    """What a line of a .jsonl seed may say; further keys are ignored, scrapers write many."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    id: str | int | float | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published: Annotated[str | None, BeforeValidator(_as_date)] = None


def parse_record(line: bytes, where: str) -> tuple[str, Declared, str]:
    """Return text, declared metadata and encoding of one line.

    Raises SeedError `bad_record` when the line is not a JSON object with a string `text`.
    """
    source, encoding = decode_verbatim(line, where)
    try:
        values = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise SeedError("bad_record", f"{where} is not valid JSON: {error}; mend or remove the line") from error
    try:
        record = Record.model_validate(values)
    except ValidationError as error:
        problems = describe(error, whole="record")
        raise SeedError("bad_record", f"{where} is not an article record ({problems}); mend the line") from error
    declared = Declared(
        id=one_line(record.id),
        url=one_line(record.url),
        title=one_line(record.title),
        language=one_line(record.language),
        published=one_line(record.published),
    )
    return unify_line_endings(mend_halves(record.text)), declared, encoding
