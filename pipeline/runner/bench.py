"""The tools that every step of a run shares."""

from dataclasses import dataclass

from pipeline.config import Config
from pipeline.runner.keys import Keyring
from pipeline.runner.state import State


@dataclass(frozen=True, slots=True)
class Bench:
    """The settings, the keys they give, and the store in which results are kept under those keys."""

    config: Config
    keys: Keyring
    state: State
