"""Rejoin paragraphs that a mailer or an editor broke at a fixed column.

Lines are joined only on a page that proves its column: greedy wrapping leaves no line to which the first word of the
next would still have fitted. Everywhere else a line is a paragraph.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from pipeline.normalise.lines import Unit

MIN_WIDTH, MAX_WIDTH = 40, 120
MIN_JOINS = 3
MIN_SHARE = 0.6
MAX_OVERFULL_SHARE = 0.1
# Rules of line breaking let a wrapped East Asian line end up to two characters early.
SLACK = 4
_TAIL = 200  # characters of a paragraph that say how its next line goes on: the longest word
_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_NO_WIDTH = re.compile("[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Scripts written without spaces between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_UNSPACED_END = re.compile(f"[{UNSPACED}]$")
_UNSPACED_START = re.compile(f"[{UNSPACED}]")
_ENDED = re.compile(r"[.!?。！？…:：;；][\"”’»)\]」』）]*$")
_WORD_CUT = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def rejoin(units: list[Unit], text: str, starts_block: Callable[[str], bool]) -> Iterator[Unit]:
    """Yield the units of a page, wrapped lines merged; spans of merged units hold the line ends between them.

    `starts_block` says whether a line opens with a mark of its own.
    """
    column = wrap_column(units, starts_block)
    if column is None:
        yield from units
        return
    yield from merge_runs(units, text, lambda at: _continues(units[at - 1], units[at], column, starts_block))


def merge_runs(units: list[Unit], text: str, goes_on: Callable[[int], bool]) -> Iterator[Unit]:
    """Yield the units, those merged of which `goes_on` says by their number that they belong to the one before."""
    starts = [at for at in range(len(units)) if not at or not goes_on(at)]
    for start, end in pairwise((*starts, len(units))):
        yield _merge(units[start:end], text)


def wrap_column(units: list[Unit], starts_block: Callable[[str], bool]) -> int | None:
    """Return the column at which the page was wrapped, None when it was not.

    Every pair of neighbouring lines allows an interval of columns; the column allowed by most pairs must satisfy
    `MIN_SHARE` of the long lines, and hardly any line may be longer.
    """
    change = [0] * (MAX_WIDTH + 2)
    long_lines = [unit for unit in units if len(unit.raw) > MIN_WIDTH // 2 and _width(unit) >= MIN_WIDTH]
    eligible = 0
    for first, second in pairwise(units):
        if not neighbours(first, second) or starts_block(second.raw):
            continue
        low, high = _interval(first, second)
        if not MIN_WIDTH <= low <= MAX_WIDTH:
            continue
        eligible += 1
        if _ENDED.search(first.raw) is None and not second.raw[0].isupper():
            change[low] += 1
            change[min(high, MAX_WIDTH) + 1] -= 1
    return _best_column(change, eligible, long_lines)


def _best_column(change: list[int], eligible: int, long_lines: list[Unit]) -> int | None:
    """Return the column that most pairs allow, if that is enough of them."""
    best, joins, running = 0, 0, 0
    for column, step in enumerate(change):
        running += step
        if running > joins:
            best, joins = column, running
    if joins < max(MIN_JOINS, MIN_SHARE * eligible):
        return None
    overfull = sum(_width(unit) > best + SLACK for unit in long_lines)
    return best if overfull <= MAX_OVERFULL_SHARE * len(long_lines) else None


def _continues(first: Unit, second: Unit, column: int, starts_block: Callable[[str], bool]) -> bool:
    """Say whether the second line is the wrapped rest of the first."""
    if not neighbours(first, second) or starts_block(second.raw) or second.indent > first.indent:
        return False
    if _ENDED.search(first.raw) and bool(_UNSPACED_END.search(first.raw)) != bool(_UNSPACED_START.match(second.raw)):
        return False
    low, high = _interval(first, second)
    return low <= column + SLACK and high >= column


def neighbours(first: Unit, second: Unit) -> bool:
    """Tell whether two units stand on lines without an empty one between them."""
    return first.line_end + 1 == second.line_start


def _interval(first: Unit, second: Unit) -> tuple[int, int]:
    """Return the least and the greatest column at which greedy wrapping breaks between two lines."""
    width = _width(first)
    if _UNSPACED_START.match(second.raw):
        return width, width + SLACK
    word = second.raw.split(None, 1)[0]
    return width, width + len(word) + len(_WIDE_CHARACTER.findall(word))


def _width(unit: Unit) -> int:
    """Return the cells of a line as far as they matter: everything over MAX_WIDTH is alike."""
    raw = unit.raw
    if len(raw) > MAX_WIDTH or raw.isascii():
        return len(raw) + unit.indent
    return len(raw) + len(_WIDE_CHARACTER.findall(raw)) - len(_NO_WIDTH.findall(raw)) + unit.indent


def _merge(group: list[Unit], text: str) -> Unit:
    """Return one unit from the start of the first to the end of the last."""
    first, last = group[0], group[-1]
    if first is last:
        return first
    raw = text[first.start : last.end]
    return Unit(first.line_start, last.line_end, first.start, last.end, raw, first.indent)


def join_lines(raw: str, words: frozenset[str]) -> str:
    """Write a wrapped paragraph on one line: a space between words, none between unspaced scripts.

    A hyphen at the end of a line goes only when `words`, those of the page, hold the word without it: compounds and
    reduplications (`anak-` `anak`) keep theirs.
    """
    lines = [line.strip() for line in raw.split("\n")]
    done: list[str] = []
    tail = lines[0]
    for line in lines[1:]:
        joined = _join(tail, line, words)
        done.append(joined[:-_TAIL])
        tail = joined[-_TAIL:]
    return "".join([*done, tail])


def _join(left: str, right: str, words: frozenset[str]) -> str:
    cut = _WORD_CUT.search(left)
    rest = _FIRST_WORD.match(right)
    if cut and rest:
        return (left[:-1] if (cut[1] + rest[0]).casefold() in words else left) + right
    if left.endswith("\u00ad") or (_UNSPACED_END.search(left) and _UNSPACED_START.match(right)):
        return left + right
    return f"{left} {right}"
