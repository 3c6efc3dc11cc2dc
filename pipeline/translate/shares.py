"""How many translations the guards object to, before the retry and after it: a line of the run's summary."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

NOTES = frozenset({"retried", "stitched", "pivot"})
"""Flags that tell how a translation was made, not what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Of `n` sentences, how many were flagged at first, and how many still are."""

    n: int = 0
    before: int = 0
    after: int = 0

    def __add__(self, other: "Shares") -> "Shares":
        """Count two lots of sentences together."""
        return Shares(self.n + other.n, self.before + other.before, self.after + other.after)


def flagged(flags: Iterable[Collection[str]]) -> Shares:
    """Count from the flags of each sentence; what has no model was never translated and is left out."""
    judged = [frozenset(each) for each in flags if "no_model" not in each]
    before = sum(bool(each - (NOTES - {"retried"})) for each in judged)
    return Shares(len(judged), before, sum(bool(each - NOTES) for each in judged))
