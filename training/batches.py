"""Cut the pairs into padded batches of similar length, endlessly, in an order that a seed fixes."""

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.pieces import BEGIN, END
from training.prepare import Prepared, Side

Grid = npt.NDArray[np.int64]
IGNORED = -100
ROUND_TO = 8
"""Widths are multiples of this: fewer shapes, which compilers and allocators like."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch: source with its lengths, the decoder's input, what it should say, and how many pieces that is."""

    source: Grid
    source_lengths: Grid
    given: Grid
    wanted: Grid
    n_wanted: int


def batches(prepared: Prepared, tokens: int, seed: int) -> Iterator[Batch]:
    """Yield batches of at most about `tokens` padded pieces; each pass over the pairs is shuffled anew."""
    epoch = 0
    while True:
        random = np.random.default_rng((seed, epoch))
        cuts = cut(np.maximum(prepared.source.lengths, prepared.target.lengths), tokens, random)
        for at in random.permutation(len(cuts)):
            yield collate(prepared, cuts[at])
        epoch += 1


def cut(lengths: Grid, tokens: int, random: np.random.Generator) -> list[Grid]:
    """Return the indices of each batch: lines of nearly one length together, ties shuffled."""
    order = np.argsort(lengths + random.random(len(lengths)) * 2, kind="stable")
    found: list[Grid] = []
    start = widest = 0
    for at, i in enumerate(order):
        wider = max(widest, int(lengths[i]) + 2)
        if at > start and wider * (at - start + 1) > tokens:
            found.append(order[start:at])
            start, wider = at, int(lengths[i]) + 2
        widest = wider
    return [*found, order[start:]]


def collate(prepared: Prepared, chosen: Grid) -> Batch:
    """Return the chosen pairs as padded grids: `<s> source </s>`, `<s> target` and `target </s>`."""
    source = _grid(prepared.source, chosen, begin=True, end=True, fill=0)
    given = _grid(prepared.target, chosen, begin=True, end=False, fill=0)
    wanted = _grid(prepared.target, chosen, begin=False, end=True, fill=IGNORED)
    n_wanted = int(prepared.target.lengths[chosen].sum()) + len(chosen)
    return Batch(source, prepared.source.lengths[chosen] + 2, given, wanted, n_wanted)


def prefetch(items: Iterator[Batch], ahead: int = 32) -> Iterator[Batch]:
    """Yield endless items that a thread makes ahead of time; what goes wrong there is raised here."""
    waiting: queue.Queue[Batch | Exception] = queue.Queue(ahead)

    def fill() -> None:
        try:
            for item in items:
                waiting.put(item)
        except Exception as error:  # noqa: BLE001 (raised again where the items are asked for)
            waiting.put(error)

    threading.Thread(target=fill, daemon=True).start()
    while True:
        item = waiting.get()
        if isinstance(item, Exception):
            raise item
        yield item


def _grid(side: Side, chosen: Grid, *, begin: bool, end: bool, fill: int) -> Grid:
    starts, lengths = side.starts[chosen], side.lengths[chosen]
    used = lengths + begin + end
    width = -(-int(used.max()) // ROUND_TO) * ROUND_TO
    grid = np.full((len(chosen), width), fill, np.int64)
    at = np.arange(int(lengths.max()))[None]
    there = at < lengths[:, None]
    grid[:, int(begin) : int(begin) + at.shape[1]][there] = side.ids[(starts[:, None] + at)[there]]
    if begin:
        grid[:, 0] = BEGIN
    if end:
        grid[np.arange(len(chosen)), lengths + begin] = END
    return grid
