"""Read sentence pairs: TSV files and the corpus that the pipeline writes."""

import gzip
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pipeline.errors import PipelineError

SUFFIXES = (".tsv", ".tsv.xz", ".tsv.gz")
CORPUS_COLUMNS = ("src_lang", "tgt_lang", "src", "tgt", "score", "kind")
LANGUAGES = {"zh": "zh-Hans", "zht": "zh-Hant"}


class TrainingError(PipelineError):
    """Stop training: data, a checkpoint or a pack that cannot be used."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source sentence with its English; `lang` is BCP-47, `origin` names where the pair comes from."""

    source: str
    english: str
    lang: str
    origin: str


def read_pairs(paths: Iterable[Path], min_score: float = 0.0) -> Iterator[Pair]:
    """Yield the pairs of every file, and of every file in a folder, in the order of their names.

    A folder of Parquet files is read as a corpus: only its `train` split, only pairs into English, only those that
    score at least `min_score`. Raises TrainingError when there is nothing to read.
    """
    for path in paths:
        files = _files(path)
        if not files:
            raise TrainingError(f"{path} holds no pairs; give a TSV file ({', '.join(SUFFIXES)}) or a corpus folder")
        for file in files:
            yield from _read_corpus(file, min_score) if file.suffix == ".parquet" else _read_tsv(file)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    tables = sorted(path.glob("train-*.parquet"))
    texts = sorted(file for file in path.glob("*.tsv*") if file.name.endswith(SUFFIXES))
    return tables + texts


def _read_tsv(path: Path) -> Iterator[Pair]:
    """Yield the pairs of `<lang>.tsv`: source, English and optionally origin, separated by tabs."""
    name = path.name.partition(".")[0]
    lang = LANGUAGES.get(name, name)
    with _open(path) as lines:
        for line in lines:
            source, english, origin = (*line.rstrip("\n").split("\t"), "", "")[:3]
            if source.strip() and english.strip():
                yield Pair(source.strip(), english.strip(), lang, origin or name)


def _open(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8", newline="\n")


def _read_corpus(path: Path, min_score: float) -> Iterator[Pair]:
    """Yield a corpus table's pairs into English; the origin of a pair is its kind, `corpus_mt` or `corpus_mined`."""
    import polars as pl

    rows = pl.scan_parquet(path).select(CORPUS_COLUMNS).filter(pl.col("tgt_lang") == "en", pl.col("score") >= min_score)
    for lang, _, source, english, _, kind in rows.collect().iter_rows():
        if lang != "en":
            yield Pair(_one_line(source), _one_line(english), lang, f"corpus_{kind}")


def _one_line(text: str) -> str:
    return " ".join(text.split())
