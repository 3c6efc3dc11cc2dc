"""Blocks to a cleaned article: every line judged, nothing thrown away."""

from pipeline.clean.stage import clean, clean_all

VERSION = "11"

__all__ = ["VERSION", "clean", "clean_all"]
