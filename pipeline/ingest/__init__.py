"""Seeds come in: files of any encoding and container become articles; what cannot be read gets a reason."""

from pipeline.ingest.articles import Ingested, Rejected, read_articles
from pipeline.ingest.files import SUFFIXES, find_seeds, printable, read_bytes

VERSION = "4"

__all__ = [
    "SUFFIXES",
    "VERSION",
    "Ingested",
    "Rejected",
    "find_seeds",
    "printable",
    "read_articles",
    "read_bytes",
]
