"""The dataset card: what the corpus holds, for people and for `datasets`."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import polars as pl

from pipeline.emit.corpus import Part, Parts, present
from pipeline.emit.counts import Groups

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
_LARGEST = "n>10M"


def write_card(parts: Parts, dropped: Groups, signature: str, folder: Path) -> None:
    """Write README.md for a corpus with these splits; its front matter tells `datasets` which files are which."""
    template = Template(files("pipeline.emit").joinpath("card.md").read_text(encoding="utf-8"))
    counts = {(name, *row[:-1]): row[-1] for name, part in parts.items() for row in _kinds(part)}
    languages = sorted({lang for row in counts for lang in row[2:]})
    text = template.substitute(
        languages="\n".join(f'- "{lang}"' for lang in languages or ["und"]),  # quoted: a bare `no` is false
        size=_size(sum(counts.values())),
        data_files="\n".join(f"  - split: {name}\n    path: {name}-*.parquet" for name in present(parts) or ["train"]),
        splits=_table(counts, "split", "kind", "src_lang", "tgt_lang"),
        dropped=_table(dropped, "kind", "reason"),
        signature=signature,
    )
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _size(rows: int) -> str:
    """Return the size category of a number of rows, as dataset cards name them."""
    return next((name for limit, name in _SIZES if rows < limit), _LARGEST)


def _kinds(part: Part) -> Iterator[tuple[Any, ...]]:
    """Yield kind, languages and number of the pairs of a split."""
    texts = part.facts.select(pl.col("kind", "src_lang", "tgt_lang").cast(pl.String))
    return texts.group_by(texts.columns).len().iter_rows()


def _table(counts: Mapping[Any, int], *columns: str) -> str:
    """Return a Markdown table of how many pairs hold each combination of values, a tuple of texts."""
    lines = [[*columns, "pairs"], ["---"] * (len(columns) + 1), *((*names, n) for names, n in sorted(counts.items()))]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines)
