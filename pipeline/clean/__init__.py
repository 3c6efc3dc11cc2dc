"""Blocks to a cleaned article: every line judged, nothing thrown away."""

from pipeline.clean.stage import clean

VERSION = "2"

__all__ = ["VERSION", "clean"]
