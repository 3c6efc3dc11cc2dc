"""Seed to blocks: text repaired, structure recovered, nothing lost."""

from pipeline.normalise.stage import normalise

VERSION = "4"

__all__ = ["VERSION", "normalise"]
