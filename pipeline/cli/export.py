"""`pipeline export`: the corpus in the shapes trainers take."""

from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from pipeline.cli.common import OutputOption

if TYPE_CHECKING:
    from collections.abc import Iterator

STDOUT = Path("-")


class Format(StrEnum):
    """The formats that can be written."""

    JSONL = "jsonl"
    TSV = "tsv"
    TMX = "tmx"
    MOSES = "moses"


class Split(StrEnum):
    """The parts of the corpus."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class PairKind(StrEnum):
    """The kinds of rows in the corpus."""

    MT = "mt"
    MINED = "mined"


def export(
    *,
    shape: Annotated[Format, typer.Option("--format", help="What to write.")],
    output: OutputOption = Path("output"),
    split: Annotated[Split | None, typer.Option(help="One split alone.", show_default="all")] = None,
    kind: Annotated[PairKind | None, typer.Option(help="One kind of rows alone.", show_default="both")] = None,
    min_score: Annotated[float | None, typer.Option(help="Lowest score.", show_default="all")] = None,
    src_lang: Annotated[str | None, typer.Option(help="Language of the source.", show_default="any")] = None,
    tgt_lang: Annotated[str | None, typer.Option(help="Language of the target.", show_default="any")] = None,
    file: Annotated[
        Path, typer.Option("--file", "-o", help="File to write; for moses, what the names of its files begin with.")
    ] = STDOUT,
) -> None:
    """Write the corpus as JSON lines, TSV, TMX 1.4, or Moses files (two for each pair of languages)."""
    from pipeline.errors import ConfigError
    from pipeline.export import Choice, read_pairs, write_jsonl, write_moses, write_tmx, write_tsv

    if shape is Format.MOSES and file == STDOUT:
        raise ConfigError("moses is two files for each pair of languages; say what their names begin with: -o PREFIX")
    if shape is Format.MOSES and file.is_dir():
        raise ConfigError(f"{file} is a folder; say what the names of the files in it begin with: -o {file / 'corpus'}")
    pairs = read_pairs(output, Choice(split, kind, src_lang, tgt_lang, min_score))
    if shape is Format.MOSES:
        names = [str(path) for path in write_moses(pairs, file)]
        for line in names or ["pipeline: the corpus holds no such pair; no file was written"]:
            typer.echo(line, err=True)
        return
    write = {Format.JSONL: write_jsonl, Format.TSV: write_tsv, Format.TMX: write_tmx}[shape]
    with _opened(file) as out:
        write(pairs, out)


@contextmanager
def _opened(file: Path) -> "Iterator[TextIO]":
    """Open the file, or standard output as UTF-8 whatever the locale says."""
    if file == STDOUT:
        yield typer.get_text_stream("stdout", encoding="utf-8")
        return
    with file.open("w", encoding="utf-8", newline="\n") as out:
        yield out
