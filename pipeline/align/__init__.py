"""Find the blocks of two versions that say the same thing."""

from pipeline.align.pair import align_pair, hears_pivot
from pipeline.align.story import align_story

VERSION = "17"

__all__ = ["VERSION", "align_pair", "align_story", "hears_pivot"]
