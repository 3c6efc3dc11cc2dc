"""Find the articles that tell the same story."""

from pipeline.group.group import group

VERSION = "7"

__all__ = ["VERSION", "group"]
