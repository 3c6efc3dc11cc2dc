"""Cut the kept blocks of an article into sentences."""

from pipeline.segment.article import segment
from pipeline.segment.split import split

VERSION = "1"

__all__ = ["VERSION", "segment", "split"]
