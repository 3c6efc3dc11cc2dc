"""Lines and the units that blocks are made from; a unit is a span of the seed's text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u00ad" + "".join(map(chr, (*range(32), 127)))
# A no-break space or U+0085 at the edge may be half of a misread character; the repairs decide about those.
EDGES = (
    " \t\r\n\v\f\u3000\u2028\u2029\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u1680" + INVISIBLE
)
BLANK = EDGES + "\xa0\x85\u202f\u205f"
# Ends of paragraphs that are not ends of lines: see pipeline.ingest.decode.unify_line_endings.
_INNER_BREAK = re.compile("[\v\f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A span of the seed, `line_start` to `line_end`, characters `start` to `end`; `raw` is what stands there.

    `indent` is the number of blanks before it on its line.
    """

    line_start: int
    line_end: int
    start: int
    end: int
    raw: str
    indent: int = 0

    def cut(self, start: int, end: int) -> "Unit":
        """Return the part from `start` to `end` (characters of `raw`), trimmed."""
        part = self.raw[start:end]
        left = len(part) - len(part.lstrip(EDGES))
        trimmed = part.strip(EDGES)
        begin = self.start + start + left
        first = last = self.line_start
        if self.line_end > first:
            first += self.raw.count("\n", 0, start + left)
            last = first + trimmed.count("\n")
        return Unit(first, last, begin, begin + len(trimmed), trimmed, self.indent)


def line_units(text: str) -> Iterator[Unit]:
    """Yield one unit for each line in which something can be seen, without the blanks around it."""
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip(BLANK):
            body = line.lstrip(EDGES)
            indent = len(line) - len(body)
            raw = body.rstrip(EDGES)
            unit = Unit(number, number, offset + indent, offset + indent + len(raw), raw, indent)
            yield from _split_inner(unit) if _INNER_BREAK.search(raw) else (unit,)
        offset += len(line) + 1


def _split_inner(unit: Unit) -> Iterator[Unit]:
    """Split a line at vertical tabs, form feeds and Unicode's line and paragraph separators."""
    start = 0
    for end in (*(match.start() for match in _INNER_BREAK.finditer(unit.raw)), len(unit.raw)):
        part = unit.cut(start, end)
        if part.raw.strip(BLANK):
            yield part
        start = end
