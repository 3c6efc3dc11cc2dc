"""Seed to blocks: text repaired, structure recovered, nothing lost."""

from pipeline.normalise.stage import normalise

VERSION = "3"

__all__ = ["VERSION", "normalise"]
