"""The dataset card: what the corpus holds, for people and for `datasets`."""

from importlib.resources import files
from pathlib import Path
from string import Template

import polars as pl

from pipeline.emit.filters import Drops

_SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def write_card(parts: dict[str, pl.DataFrame], drops: Drops, signature: str, path: Path) -> None:
    """Write the card of a corpus with these splits."""
    template = Template(files("pipeline.emit").joinpath("card.md").read_text(encoding="utf-8"))
    frame = pl.concat([part.with_columns(split=pl.lit(name)) for name, part in parts.items()])
    text = template.substitute(
        languages="\n".join(f"- {lang}" for lang in _languages(frame)) or "- und",
        size=_size(len(frame)),
        data_files="\n".join(f"  - split: {name}\n    path: {name}-*.parquet" for name in parts),
        splits=_table(frame.group_by("split", "kind", "src_lang", "tgt_lang").len("pairs")),
        dropped="\n".join(f"| {kind} | {reason} | {n} |" for (kind, reason), n in sorted(drops.counts.items()))
        or "| any | none | 0 |",
        signature=signature,
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def _languages(frame: pl.DataFrame) -> list[str]:
    return sorted({*frame["src_lang"], *frame["tgt_lang"]})


def _size(rows: int) -> str:
    """Return the size category of a number of rows, as dataset cards name them."""
    names = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M")
    return names[sum(rows >= size for size in _SIZES)]


def _table(frame: pl.DataFrame) -> str:
    rows = frame.sort(frame.columns[:-1]).iter_rows()
    return "\n".join(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)
