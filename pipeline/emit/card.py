"""The dataset card: what the corpus holds, for people and for `datasets`."""

from importlib.resources import files
from pathlib import Path
from string import Template

import polars as pl

from pipeline.emit.corpus import Parts, present

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
_LARGEST = "n>10M"


def write_card(parts: Parts, dropped: pl.DataFrame, signature: str, folder: Path) -> None:
    """Write README.md for a corpus with these splits; its front matter tells `datasets` which files are which."""
    template = Template(files("pipeline.emit").joinpath("card.md").read_text(encoding="utf-8"))
    frame = pl.concat([part.with_columns(split=pl.lit(name)) for name, part in parts.items()])
    text = template.substitute(
        languages="\n".join(f"- {lang}" for lang in sorted({*frame["src_lang"], *frame["tgt_lang"]})) or "- und",
        size=_size(len(frame)),
        data_files="\n".join(f"  - split: {name}\n    path: {name}-*.parquet" for name in present(parts) or ["train"]),
        splits=_table(frame, "split", "kind", "src_lang", "tgt_lang"),
        dropped=_table(dropped, "kind", "reason"),
        signature=signature,
    )
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _size(rows: int) -> str:
    """Return the size category of a number of rows, as dataset cards name them."""
    return next((name for limit, name in _SIZES if rows < limit), _LARGEST)


def _table(frame: pl.DataFrame, *columns: str) -> str:
    """Return a Markdown table of how many rows hold each combination of values."""
    counts = frame.group_by(columns).len("pairs").sort(columns)
    lines = [counts.columns, ["---"] * counts.width, *counts.iter_rows()]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines)
