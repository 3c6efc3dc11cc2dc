"""Find the articles that tell the same story."""

from pipeline.group.group import group

VERSION = "3"

__all__ = ["VERSION", "group"]
