"""The record that every evaluation returns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One number on one gold set: `name` is its key in the floors file, `n` the items it was measured on."""

    name: str
    value: float
    n: int
