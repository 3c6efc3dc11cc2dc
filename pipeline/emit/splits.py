"""Deal whole stories to train, validation and test."""

import hashlib
from collections.abc import Iterable
from itertools import zip_longest

from pipeline.config import EmitConfig

SPLITS = ("train", "validation", "test")


def deal(stories: Iterable[str], config: EmitConfig) -> dict[str, str]:
    """Return the split of each story.

    A story's place between 0 and 1 is a hash of its name: below `test_percent` it is for testing, below that plus
    `validation_percent` for validation, else for training; so stories that come later move none. Only while a corpus is
    too small for its shares is an empty split given the next story by place, once there are three to share out; fewer
    than three are all for training.
    """
    places = {story: _place(story, config.split_seed) for story in stories}
    ranked = sorted(places, key=lambda story: (places[story], story))
    if len(ranked) < len(SPLITS):
        return dict.fromkeys(ranked, "train")
    n_test = _size(places.values(), 0, config.test_percent, len(ranked) - 2)
    n_validation = _size(places.values(), config.test_percent, config.validation_percent, len(ranked) - 1 - n_test)
    names = ["test"] * n_test + ["validation"] * n_validation
    return dict(zip_longest(ranked, names, fillvalue="train"))


def _size(places: Iterable[float], start: float, percent: float, most: int) -> int:
    """Count the places in a share that begins at `start` percent: at least one if there is a share, `most` at most."""
    in_share = sum(start <= place * 100 < start + percent for place in places)
    return min(max(in_share, 1 if percent else 0), most)


def _place(story: str, seed: str) -> float:
    """Return a number in [0, 1) that a story keeps for life."""
    digest = hashlib.sha256(f"{seed}\0{story}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
