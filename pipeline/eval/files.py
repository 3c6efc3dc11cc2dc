"""Find and read the articles that gold files name."""

from pathlib import Path

from pipeline.config import IngestConfig
from pipeline.errors import ConfigError
from pipeline.ingest import Ingested, read_articles
from pipeline.records import Seed


def find_article(name: str, gold: Path, seeds: Path) -> Path:
    """Return the file that a gold table calls `name`: in `gold/align_multi/txt_dev`, else among the seeds."""
    page = gold / "align_multi" / "txt_dev" / f"{name}.txt"
    return page if page.exists() else seeds / name


def read_seed(path: Path) -> Seed:
    """Read a file that holds one article; raise ConfigError when it does not."""
    if not path.exists():
        raise ConfigError(f"the gold names {path}, which is not there; keep the seeds beside the gold files")
    first = read_articles(path.read_bytes(), path.name, IngestConfig())[0]
    if not isinstance(first, Ingested):
        raise ConfigError(f"the gold names {path}, which cannot be read: {first.message}")
    return first.seed
