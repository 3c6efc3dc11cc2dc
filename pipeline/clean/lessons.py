"""Training pages: HTML pages of other projects' test suites, out of the archives that `lessons.toml` names."""

import tarfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pipeline.clean.examples import KEEP, LabelledPage
from pipeline.clean.teach import teach
from pipeline.errors import ConfigError

_SMALLEST = 4_000  # bytes of HTML; smaller pages are made up for a test


@dataclass(frozen=True, slots=True)
class Source:
    """An archive of a registry: how to get it, its digest, whose licence it is under, the pages not to learn from."""

    archive: str
    sha256: str
    fetch: str
    licence: str
    leave_out: frozenset[str]


def read_sources() -> tuple[Source, ...]:
    """Read `lessons.toml`."""
    rows = tomllib.loads(files("pipeline.clean").joinpath("lessons.toml").read_text(encoding="utf-8"))["source"]
    return tuple(Source(**(row | {"leave_out": frozenset(row["leave_out"])})) for row in rows)


def read_lessons(folder: Path, sources: Sequence[Source]) -> list[LabelledPage]:
    """Return the labelled pages of the archives in a folder, in the order of the sources and of their names.

    A page whose story stands in an earlier one is left out. Raises ConfigError when an archive is missing, with the
    command that fetches it, or is not the one that the weights were fitted on.
    """
    _check(folder, sources)
    pages: dict[str, LabelledPage] = {}
    for source in sources:
        for name, html in _read_html(folder / source.archive, source.leave_out):
            lines = teach(html)
            if lines:
                story = "".join(text for text, label in lines if label == KEEP)
                pages.setdefault(story, LabelledPage(f"{source.archive}/{name}", "", tuple(lines)))
    return list(pages.values())


def _check(folder: Path, sources: Sequence[Source]) -> None:
    missing = [source.fetch for source in sources if not (folder / source.archive).is_file()]
    if missing:
        raise ConfigError(f"{folder} lacks training pages; fetch them there with:\n  " + "\n  ".join(missing))
    for source in sources:
        if sha256((folder / source.archive).read_bytes()).hexdigest() != source.sha256:
            raise ConfigError(f"{folder / source.archive} is not the archive of lessons.toml: its SHA-256 differs")


def _read_html(archive: Path, leave_out: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield name, without the archive's top folder, and bytes of the pages to learn from."""
    with tarfile.open(archive) as members:
        for member in sorted(members.getmembers(), key=lambda member: member.name):
            name = member.name.partition("/")[2]
            if name.endswith(".html") and name not in leave_out and member.size >= _SMALLEST:
                content = members.extractfile(member)
                if content:
                    yield name, content.read()
