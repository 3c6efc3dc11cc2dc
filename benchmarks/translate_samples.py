"""Print samples of translations as a Markdown table: `python benchmarks/translate_samples.py OUTPUT`.

OUTPUT is the folder of a run over the shipped seeds. Of each language the sentences are taken at equal distances,
whatever became of them; short ones, which tell little, are left out.
"""

import sys
from pathlib import Path

import polars as pl

SAMPLES, SHORTEST = 20, 12


def main() -> None:
    """Print a table for each language."""
    output = Path(sys.argv[1] if len(sys.argv) > 1 else "output")
    articles = pl.read_parquet(output / "articles.parquet", columns=["article_id", "lang"])
    sentences = pl.read_parquet(output / "sentences.parquet").join(articles, on="article_id")
    told = sentences.filter(pl.col("model") != "", pl.col("source").str.len_chars() >= SHORTEST)
    for (lang,), rows in told.sort("article_id", "block_id", "sent_id").group_by("lang", maintain_order=True):
        step = max(1, len(rows) // SAMPLES)
        print(f"\n{lang}:\n\n| source | English |\n|---|---|")
        for row in rows.gather_every(step).head(SAMPLES).iter_rows(named=True):
            print(f"| {cell(row['source'])} | {cell(row['english'])} |")


def cell(text: str) -> str:
    """Return a text that fits into a cell."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
