"""The lines of many pages, one after another: folding and counting them together is several times quicker."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.clean.fold import bare, fold


@dataclass(frozen=True, slots=True)
class Batch:
    """The lines of some pages as written, folded, and folded without the marks around them; and lines a page.

    No line holds a line break.
    """

    texts: list[str]
    folded: list[str]
    bare: list[str]
    counts: list[int]

    def select(self, pages: Sequence[int]) -> "Batch":
        """Return a batch of some of the pages, by their numbers in order."""
        if len(pages) == len(self.counts):
            return self
        spans = self.spans()

        def lines(column: list[str]) -> list[str]:
            return [line for page in pages for line in column[spans[page]]]

        return Batch(lines(self.texts), lines(self.folded), lines(self.bare), [self.counts[page] for page in pages])

    def spans(self) -> list[slice]:
        """Return where each page's lines stand."""
        spans, at = [], 0
        for count in self.counts:
            spans.append(slice(at, at + count))
            at += count
        return spans


def gather(pages: Sequence[Sequence[str]]) -> Batch:
    """Put the lines of pages together."""
    texts = list(chain.from_iterable(pages))
    folded = fold("\n".join(texts)).split("\n") if texts else []
    return Batch(texts, folded, list(map(bare, folded)), list(map(len, pages)))
