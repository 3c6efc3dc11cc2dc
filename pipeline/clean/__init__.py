"""Blocks to a cleaned article: every line judged, nothing thrown away."""

from pipeline.clean.stage import clean, clean_all

VERSION = "10"

__all__ = ["VERSION", "clean", "clean_all"]
