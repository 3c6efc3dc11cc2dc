"""From evidence and the page model to verdicts: which lines go, and under which name."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.features import Table, describe
from pipeline.clean.lexicon import Hit, Strength
from pipeline.clean.model import PageModel, load_model

_QUIET = 0.04
_LIST = 5


def decide(
    texts: list[str], hits: list[Hit | None], threshold: float, model: PageModel | None = None
) -> list[Hit | None]:
    """Return the hit that removes each line, or None for the lines that stay.

    Sure evidence decides alone. The page model (the shipped one, unless another is given) decides the rest on pages
    where at least 4 % of the lines show evidence: a page without any is an article that somebody has cleaned before.
    """
    verdicts = [hit if hit and hit.strength is not Strength.WEAK else None for hit in hits]
    if not any(hits):
        return verdicts
    table = describe(texts, hits)
    if table["hit"].mean() > 0 and np.mean([hit is not None for hit in hits]) >= _QUIET:
        story = (model or load_model()).story(table)
        _add_model(verdicts, hits, story, table, threshold)
    _settle_weak(hits, verdicts)
    return verdicts


def _add_model(
    verdicts: list[Hit | None], hits: list[Hit | None], story: NDArray[np.float64], table: Table, threshold: float
) -> None:
    """Let the model remove runs of lines that hold some evidence or are long enough to be a list."""
    known = np.array([hit is not None for hit in hits]) | (table["repeated"] > 0)
    gone = (story <= threshold) | np.array([verdict is not None for verdict in verdicts])
    for first, end in _runs(gone):
        if not known[first:end].any() and end - first < _LIST:
            continue
        section: str | None = None
        for index in range(first, end):
            verdict = verdicts[index]
            if verdict is not None:
                section = verdict.label if verdict.strength is Strength.SECTION else section
                continue
            weak = hits[index]
            label = weak.label if weak else section or _guess(table, index)
            verdicts[index] = Hit(label, f"page.model:{story[index]:.2f}", Strength.SURE)


def _guess(table: Table, index: int) -> str:
    """Name a line that only the model removes by its form: headlines below a story are links, the rest is furniture."""
    if table["prose before"][index] > 1 / 2 and table["weight"][index] >= 5:  # noqa: PLR2004
        return "related"
    return "navigation"


def _runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _settle_weak(hits: list[Hit | None], verdicts: list[Hit | None]) -> None:
    """Remove a weak hit that stands beside a line that goes, in either direction."""
    indices = range(len(hits))
    for order in (indices, reversed(indices)):
        beside = False
        for index in order:
            hit = hits[index]
            if verdicts[index] is None and hit is not None and beside:
                verdicts[index] = hit
            beside = verdicts[index] is not None
