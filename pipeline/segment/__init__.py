"""Cut the kept blocks of an article into sentences."""

from pipeline.segment.article import segment
from pipeline.segment.joint import joint
from pipeline.segment.split import split

VERSION = "2"

__all__ = ["VERSION", "joint", "segment", "split"]
