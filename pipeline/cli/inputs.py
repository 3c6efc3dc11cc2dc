"""What the commands that take files read: articles, or plain text; `-` is standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pipeline.config import IngestConfig
    from pipeline.ingest import Ingested, Rejected

_STDIN = "-"


def read_inputs(files: Iterable[Path], config: "IngestConfig") -> "Iterator[tuple[str, Ingested]]":
    """Yield the articles of the files, each with its name: that of the file, with `#line` for a JSONL record.

    A file without a known ending is read as text. What is no article is reported on standard error when it is met;
    after the last article the command then ends with exit code 1.
    """
    from pipeline.ingest import Rejected, printable

    failed = False
    for file in files:
        for article in _articles(file, config):
            if isinstance(article, Rejected):
                failed = True
                typer.echo(f"pipeline: {article.message}", err=True)
            else:
                yield printable(file) + article.locator, article
    if failed:
        raise typer.Exit(1)


def read_text(file: Path) -> str:
    """Read a text file of any encoding.

    Raises ConfigError when it cannot be opened, SeedError when it is not text.
    """
    from pipeline.errors import ConfigError
    from pipeline.ingest import printable
    from pipeline.ingest.decode import decode

    name = printable(file)
    try:
        data = _stream(file)
    except OSError as error:
        raise ConfigError(f"cannot read {name}: {error.strerror}; check the path") from error
    return decode(data, name)[0]


def _articles(file: Path, config: "IngestConfig") -> "list[Ingested | Rejected]":
    from pipeline.errors import SeedError
    from pipeline.ingest import Rejected, printable, read_articles, read_bytes

    name = printable(file)
    try:
        data = _stream(file) if name == _STDIN or file.is_fifo() else read_bytes(file, config)
    except SeedError as error:
        return [Rejected("", error.code, str(error), "", 0)]
    return read_articles(data, name, config, otherwise="text")


def _stream(file: Path) -> bytes:
    """Read to its end what comes from another program: standard input, or a pipe such as `<(command)`."""
    return sys.stdin.buffer.read() if str(file) == _STDIN else file.read_bytes()
