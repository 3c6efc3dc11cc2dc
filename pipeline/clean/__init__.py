"""Blocks to a cleaned article: every line judged, nothing thrown away."""

from pipeline.clean.stage import clean

VERSION = "1"

__all__ = ["VERSION", "clean"]
