"""The tools that every step of a run shares."""

from dataclasses import dataclass, field

from pipeline.config import Config
from pipeline.encode import Encoder
from pipeline.runner.crew import Crew, Local, Tools
from pipeline.runner.keys import Keyring
from pipeline.runner.state import State
from pipeline.runner.vectors import StoredVectors


@dataclass(frozen=True, slots=True)
class Bench:
    """The settings, the keys they give, the store in which results are kept under those keys, and who does the work."""

    config: Config
    keys: Keyring
    state: State
    crew: Crew = field(default_factory=Local)

    def tools(self, encoder: Encoder) -> Tools:
        """Return what an errand works with where the store is at hand."""
        return Tools(encoder, StoredVectors(self.state.vectors), self.state.results)
