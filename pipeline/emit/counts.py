"""What a run wrote, in numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened: rows of a kind in a split, pairs of a kind dropped for a reason."""

    group: str
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class EmitCounts:
    """The rows of every table.

    `articles` is tallied by status and language, `blocks` by kept or removed and label or kind, `sentences` by language
    and flag (`all` counts every sentence), `corpus` by split and kind, `dropped` by kind and reason.
    """

    articles: tuple[Tally, ...]
    blocks: tuple[Tally, ...]
    sentences: tuple[Tally, ...]
    stories: int
    alignments: int
    corpus: tuple[Tally, ...]
    dropped: tuple[Tally, ...]


def total(tallies: tuple[Tally, ...], group: str | None = None) -> int:
    """Return the sum of all tallies, or of one group."""
    return sum(tally.n for tally in tallies if group in (None, tally.group))
