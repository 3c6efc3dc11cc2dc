"""From evidence and the page model to verdicts: which lines go, and under which name."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.features import Column, Table, describe
from pipeline.clean.headline import find_headline
from pipeline.clean.lexicon import Hit, Strength
from pipeline.clean.model import PageModel, load_model

# Set by hand while reading open pages; what that is worth stands in docs/cleaning.md.
_ANY, _QUIET = 3, 0.04  # lines with evidence, and their share, from which a page counts as noisy
_LIST = 5  # lines that the model may remove in a row without any evidence
_TAIL, _TAIL_FROM = 0.1, 0.6  # the tail has at most this share of the prose below it, and at least this above
_SHORT_PAGE, _CLAUSE, _UNLIKELY = 40, 4, 0.2  # lines, words, likelihood
_HEADLINE = 5  # words from which a line under the story reads like another story's headline
_MISTAKABLE = frozenset(("metadata", "credit", "caption", "navigation", "placeholder", "copyright"))


def decide(
    texts: list[str], hits: list[Hit | None], threshold: float, model: PageModel | None = None
) -> list[Hit | None]:
    """Return the hit that removes each line, or None for the lines that stay.

    Sure evidence decides alone. The page model (the shipped one, unless another is given) decides the rest on pages
    where at least three lines, and 4 % of all, show evidence: others are articles that somebody has cleaned before.
    """
    verdicts = [hit if hit and hit.strength is not Strength.WEAK else None for hit in hits]
    if not any(hits):
        return verdicts
    table = describe(texts, hits)
    found = sum(hit is not None for hit in hits)
    if found >= max(_ANY, _QUIET * len(hits)):
        _add_model(verdicts, hits, _suspect((model or load_model()).story(table), table), threshold)
        _name_model(verdicts, table)
    if found > 1:
        _add_tail(verdicts, hits, table)
    if found <= max(1, _QUIET * len(hits)):
        _spare_lone(verdicts, table)
    _settle_weak(hits, verdicts)
    _keep_headline(texts, hits, verdicts, table)
    return verdicts


def _suspect(story: Column, table: Table) -> Column:
    """Believe sentences on a short page, where there is little to compare them with, unless they are very unlikely."""
    sentences = (table["sentence"] > 0) & (table["weight"] >= _CLAUSE)
    believed = sentences & (len(story) < _SHORT_PAGE) & (story > _UNLIKELY)
    return np.where(believed, 1.0, story)


def _add_model(verdicts: list[Hit | None], hits: list[Hit | None], story: Column, threshold: float) -> None:
    """Let the model remove runs of lines that hold some evidence or are long enough to be a list."""
    gone = (story <= threshold) | np.array([verdict is not None for verdict in verdicts])
    for first, end in _runs(gone):
        if not any(hits[first:end]) and end - first < _LIST:
            continue
        for index in range(first, end):
            weak = hits[index]
            label = weak.label if weak else ""
            verdicts[index] = verdicts[index] or Hit(label, f"page.model:{story[index]:.2f}", Strength.SURE)


def _name_model(verdicts: list[Hit | None], table: Table) -> None:
    """Name the lines that only the model removes: by the section they stand in, else by place and length."""
    section = ""
    for index, verdict in enumerate(verdicts):
        if verdict is None or verdict.strength is Strength.SECTION:
            section = verdict.label if verdict else ""
        elif not verdict.label:
            below = table["prose before"][index] > 1 / 2 and table["weight"][index] >= _HEADLINE
            verdicts[index] = Hit(section or ("related" if below else "navigation"), verdict.rule, verdict.strength)


def _add_tail(verdicts: list[Hit | None], hits: list[Hit | None], table: Table) -> None:
    """Remove everything below a heading of links that stands after nearly all prose: teasers too read like prose."""
    below = (table["prose after"] <= _TAIL) & (table["prose before"] >= _TAIL_FROM) & (table["section"] > 0)
    if not below.any():
        return
    first = int(np.argmax(below))
    head = hits[first]
    label = head.label if head else "related"
    for index in range(first + 1, len(verdicts)):
        verdicts[index] = verdicts[index] or Hit(label, f"section.{label}", Strength.SURE)


def _spare_lone(verdicts: list[Hit | None], table: Table) -> None:
    """Keep lines that only look like a credit or a date when they stand amid the prose of a page without debris."""
    for index, verdict in enumerate(verdicts):
        amid = table["prose before"][index] > 0 and table["prose after"][index] > 0
        if verdict and verdict.label in _MISTAKABLE and amid:
            verdicts[index] = None


def _keep_headline(texts: list[str], hits: list[Hit | None], verdicts: list[Hit | None], table: Table) -> None:
    stays = np.array([verdict is None for verdict in verdicts])
    headline = find_headline(texts, hits, table["weight"], (table["is prose"] > 0) & stays)
    if headline is not None:
        verdicts[headline] = None


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
