"""Identify the language of an article and of each of its blocks: script first, then a detector over what it allows."""

from pipeline.identify.article import identify
from pipeline.identify.detect import Detection, detect

VERSION = "2"

__all__ = ["VERSION", "Detection", "detect", "identify"]
