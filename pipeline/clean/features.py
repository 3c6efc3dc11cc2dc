"""What a line and its neighbourhood look like, in numbers that mean the same in every language.

Many pages are counted at once on arrays of code points, so that the cost is linear in the text and small a line; the
numbers of a page do not depend on the others.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.alphabet import Sort, sorts
from pipeline.clean.batch import Batch
from pipeline.clean.cohesion import cohesion
from pipeline.clean.fold import code_points
from pipeline.clean.lexicon import Hit, Strength
from pipeline.clean.neighbours import (
    Column,
    Layout,
    Lines,
    densest,
    distances,
    exact,
    lay_out,
    page_means,
    page_medians,
    running,
    shares,
    shift,
    window,
)

Codes = NDArray[np.uint32]
Sorts = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Table = dict[str, Column]

_DENSE_WORD, _SYLLABLE_WORD = 1.7, 4.5
_PROSE_WEIGHT, _LONG_WEIGHT, _SYLLABLE_SENTENCE = 7, 22, 12
_MASS_CAP = 40
_HEADING, _BLURB, _UNEVEN, _ENTRIES = 20, 45, 2, 5  # words, words, ratio, entries from which a list is one of teasers
_IS_SPACED = np.isin(np.arange(len(Sort)), (Sort.LOWER, Sort.UPPER, Sort.HANGUL, Sort.SCRIPT))
_IS_CARRYING = ~np.isin(np.arange(len(Sort)), (Sort.CLOSER, Sort.SPACE, Sort.LINE))
_IS_SPACE = np.isin(np.arange(len(Sort)), (Sort.SPACE,))
_IS_QUOTE = np.isin(np.arange(len(Sort)), (Sort.OPENER, Sort.CLOSER))
_IS_CONTINUING = np.isin(np.arange(len(Sort)), (Sort.LOWER, Sort.COMMA, Sort.STOP, Sort.COLON))
_SEPARATORS = np.array([ord(mark) for mark in "|·•>»/_"])
_STRENGTHS = {Strength.WEAK: 1, Strength.SURE: 2, Strength.FIELD: 2, Strength.SECTION: 3}
_WRAP_SLACK, _WRAP_WIDTH = 2, 20


def describe(batch: Batch, hits: Sequence[Hit | None]) -> Table:
    """Return one column a feature, one row a line of the batch; no page is empty."""
    layout = lay_out(batch.counts)
    table = _evidence(hits)
    table |= _form("\n".join(batch.texts) + "\n", layout)
    table |= _sentences(table, layout)
    table |= _repetition(batch)
    table |= _nearby(table, layout)
    table |= _place(table, layout)
    table |= _page(table, layout)
    table |= _wording(batch, table, layout)
    return table | _joint(table, layout)


def _evidence(hits: Sequence[Hit | None]) -> Table:
    strengths = np.array([_STRENGTHS[hit.strength] if hit else 0 for hit in hits])
    sure, weak = (strengths > 1).astype(float), (strengths == 1).astype(float)
    return {
        "sure": sure,
        "weak": weak,
        "section": (strengths == _STRENGTHS[Strength.SECTION]).astype(float),
        "hit": np.maximum(sure, weak / 2),
    }


def _form(page: str, layout: Layout) -> Table:
    """Count characters by sort and look at the ends of every line."""
    codes = code_points(page)
    sort = sorts(codes)
    ends = np.flatnonzero(sort == Sort.LINE)
    starts = np.concatenate(([0], ends[:-1] + 1))
    line = np.repeat(np.arange(len(ends)), ends - starts + 1)
    counts = (
        np.bincount(line * len(Sort) + sort, minlength=len(ends) * len(Sort)).reshape(len(ends), -1).T.astype(float)
    )

    def count(mask: NDArray[np.bool_]) -> Column:
        return np.bincount(line[mask], minlength=len(ends)).astype(float)

    word = _begin(_IS_SPACED.take(sort))
    words = count(word | _begin(sort == Sort.DIGIT))
    dense, syllables, upper, lower = (counts[s] for s in (Sort.DENSE, Sort.SYLLABLE, Sort.UPPER, Sort.LOWER))
    scripts = np.stack([upper + lower, dense, syllables, counts[Sort.HANGUL], counts[Sort.SCRIPT]])
    weight = words + dense / _DENSE_WORD + syllables / _SYLLABLE_WORD
    long, length = np.maximum(weight, 1), np.maximum(ends - starts, 1).astype(float)
    return {
        "weight": weight,
        "length": length,
        "size": np.log1p(weight),
        "stops": counts[Sort.STOP] / long,
        "commas": counts[Sort.COMMA] / long,
        "openers": counts[Sort.OPENER] / long,
        "marks": counts[Sort.MARK] / length,
        "digits": counts[Sort.DIGIT] / length,
        "capitals": count(word & (sort == Sort.UPPER)) / np.maximum(words, 1),
        "upper": upper / np.maximum(upper + lower, 1),
        "word length": (upper + lower) / np.maximum(words, 1),
        "thai-like": syllables / np.maximum(scripts.sum(axis=0), 1),
        **_edges(codes, sort, starts, ends),
        **_found_in(codes, sort, line),
        "foreign": _foreign(scripts, weight, layout),
    }


def _begin(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the first of each run."""
    begin = flags.copy()
    begin[1:] &= ~flags[:-1]
    return begin


def _edges(codes: Codes, sort: Sorts, starts: Lines, ends: Lines) -> Table:
    """Name the first character of each line, and the last one that is no space or closing mark."""
    last = _last(~_IS_CARRYING, sort, starts, ends)
    seen = _last(_IS_SPACE, sort, starts, ends)
    dots = (codes[seen] == ord(".")) & (codes[np.maximum(seen - 1, 0)] == ord(".")) & (seen > starts)
    last = np.where(last >= starts, sort[last], Sort.OTHER)
    first, very_last = sort[starts], sort[np.maximum(ends - 1, starts)]
    return {
        "ellipsis": ((dots | (codes[seen] == ord("…"))) & (seen >= starts)).astype(float),
        "ends stop": (last == Sort.STOP).astype(float),
        "ends colon": (last == Sort.COLON).astype(float),
        "ends comma": (last == Sort.COMMA).astype(float),
        "ends closed": (very_last == Sort.CLOSER).astype(float),
        "first mark": (first == Sort.MARK).astype(float),
        "first upper": (first == Sort.UPPER).astype(float),
        "first digit": (first == Sort.DIGIT).astype(float),
        "first quote": _IS_QUOTE[first].astype(float),
        "continues": _IS_CONTINUING[first].astype(float),
    }


def _last(passed: Flags, sort: Sorts, starts: Lines, ends: Lines) -> Lines:
    """Return the place of each line's last character whose sort is not passed over, or one before its start."""
    seen = np.concatenate(([-1], np.flatnonzero(~passed[sort])))
    return np.maximum(seen[np.searchsorted(seen, ends) - 1], starts - 1)


def _found_in(codes: Codes, sort: Sorts, line: Lines) -> Table:
    """Find a few patterns in each line, each over all lines at once."""
    n = int(line[-1]) + 1

    def has(starts: Flags) -> Column:
        found = np.zeros(n)
        found[line[np.flatnonzero(starts)]] = 1
        return found

    digit = sort == Sort.DIGIT
    year = _spelt(codes, "19") | _spelt(codes, "20")
    marks = np.flatnonzero((sort == Sort.MARK) | (sort == Sort.CLOSER))
    separators = marks[(codes[marks, None] == _SEPARATORS).any(axis=1)]
    return {
        "year": has(year & _ahead(digit, 2) & _ahead(digit, 3)),
        "time": has(digit & _ahead(codes == ord(":"), 1) & _ahead(digit, 2) & _ahead(digit, 3)),
        "separators": np.log1p(np.bincount(line[separators], minlength=n)),
        "address": has((codes == ord("@")) | _spelt(codes, "://") | _spelt(codes, "www.")),
    }


def _ahead(flags: Flags, step: int) -> Flags:
    """Say of each character what holds of the one `step` further on."""
    out = np.zeros_like(flags)
    out[:-step] = flags[step:]
    return out


def _spelt(codes: Codes, word: str) -> Flags:
    """Mark where a word starts."""
    found: Flags = codes == ord(word[0])
    for step, character in enumerate(word[1:], 1):
        found &= _ahead(codes == ord(character), step)
    return found


def _foreign(scripts: NDArray[np.float64], weight: Column, layout: Layout) -> Column:
    """Return the share of letters outside the script that most of the page's long lines are written in."""
    believed = 1e-3 + weight * (weight >= _PROSE_WEIGHT)
    pages = np.stack([np.bincount(layout.page, script * believed, len(layout.starts)) for script in scripts])
    own = scripts[pages.argmax(axis=0)[layout.page], layout.line]
    total = scripts.sum(axis=0)
    return np.where(total > 0, 1 - own / np.maximum(total, 1), 0.0)


def _sentences(table: Table, layout: Layout) -> Table:
    """Weigh what reads like sentences; scripts without full stops are believed by their length, teasers not at all."""
    weight, trailing = table["weight"], table["ellipsis"]
    unstopped = (table["thai-like"] > 1 / 2) & (weight >= _SYLLABLE_SENTENCE) & (table["ends colon"] == 0)
    stop = np.where(unstopped, 1.0, table["ends stop"]) * (1 - trailing)
    inner = (weight >= _LONG_WEIGHT) & (table["stops"] + table["commas"] + table["thai-like"] > 0)
    sentence = np.maximum(stop, 0.7 * inner)
    open_line = 1 - table["sure"]
    prose = np.maximum(sentence, 0.3 * table["ends colon"]) * np.minimum(weight, _MASS_CAP)
    prose = exact(prose * (weight >= _PROSE_WEIGHT) * open_line)
    told = ~_teasers(weight, prose > 0, layout)
    prose = prose * told
    return {
        "sentence": stop,
        "long prose": inner.astype(float),
        "prose": prose,
        "is prose": (prose >= 10).astype(float),  # noqa: PLR2004  # a dozen words that end like a sentence
        "strong": (told * sentence * weight * open_line >= 16).astype(float),  # noqa: PLR2004  # and two dozen that surely do
    }


def _teasers(weight: Column, prose: Flags, layout: Layout) -> Flags:
    """Mark the sentences of lists whose entries are a heading and a short text of about one length, time after time."""
    found = np.zeros(len(weight), dtype=bool)
    heading, blurb = ~prose & (weight < _HEADING), prose & (weight <= _BLURB)
    for period in (2, 3):
        entry = blurb.copy()
        for step in range(1, period):
            entry &= shift(heading.astype(float), step, 0.0, layout) > 0
        above = shift(entry * weight, period, 0.0, layout)
        follows = entry & (above > 0) & (weight <= _UNEVEN * above) & (above <= _UNEVEN * weight)
        for phase in range(period):
            found[phase::period] |= _in_list(follows[phase::period])
    return found


def _in_list(follows: Flags) -> Flags:
    """Mark the entries of long lists: runs of entries that follow one like them, and the first, which follows none."""
    edges = np.diff(np.concatenate(([0], follows.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges > 0), np.flatnonzero(edges < 0)
    long = ends - starts >= _ENTRIES - 1
    marks = np.zeros(len(follows) + 1, dtype=np.int64)
    np.add.at(marks, starts[long] - 1, 1)
    np.add.at(marks, ends[long], -1)
    listed: Flags = np.cumsum(marks[:-1]) > 0
    return listed


def _repetition(batch: Batch) -> Table:
    """Count how often each line stands on its page besides."""
    again: list[int] = []
    for span in batch.spans():
        lines = batch.bare[span]
        seen = Counter(lines)
        again += [seen[line] - 1 for line in lines]
    return {"repeated": np.log1p(np.array(again, dtype=float))}


def _nearby(table: Table, layout: Layout) -> Table:
    out: Table = {}
    names = ("size", "sentence", "hit", "digits", "prose")
    shown = np.stack([table[name] for name in names])
    for step in (1, 2):
        for sign, rows in (("-", shift(shown, step, -1.0, layout)), ("+", shift(shown, -step, -1.0, layout))):
            out |= {f"{name} {sign}{step}": row for name, row in zip(names, rows, strict=True)}
    summed = np.stack([table["prose"], table["hit"]])
    for span in (3, 8, 20):
        out[f"prose <{span}"], out[f"hit <{span}"] = window(summed, layout, before=span)
        out[f"prose >{span}"], out[f"hit >{span}"] = window(summed, layout, after=span)
    for name, short in (("is prose", "prose"), ("strong", "strong"), ("sure", "hit")):
        before, after = distances(table[name] > 0, layout)
        out[f"to {short} <"], out[f"to {short} >"] = np.log1p(before), np.log1p(after)
    out["to section <"] = np.log1p(distances(table["section"] > 0, layout)[0])
    for span in (8, 20):
        both = np.minimum(out[f"prose <{span}"], out[f"prose >{span}"])
        out[f"prose both {span}"] = np.log1p(both)
    out["log prose <8"], out["log prose >8"] = np.log1p(out["prose <8"]), np.log1p(out["prose >8"])
    out["to strong"] = np.minimum(out["to strong <"], out["to strong >"])
    return out


def _place(table: Table, layout: Layout) -> Table:
    """Say where the line stands: on the page, in the prose, and against the page's densest stretches."""
    prose, section = table["prose"], table["section"]
    lines, from_top = layout.line, layout.line - layout.first
    n = layout.end - layout.first
    before, after = shares(prose, layout)
    passed = np.cumsum(section)
    out: Table = {
        "from top": np.log1p(from_top),
        "from end": np.log1p(layout.end - 1 - lines),
        "position": from_top / np.maximum(n - 1, 1),
        "prose before": before,
        "prose after": after,
        "section before": (passed > (passed - section)[layout.first]).astype(float),
    }
    for cost in (3, 8, 15):
        first, last = (edge[layout.page] for edge in densest(prose - cost, layout))
        out[f"dense {cost}"] = ((lines >= first) & (lines <= last)).astype(float)
        outside = np.where(lines < first, lines - first, np.where(lines > last, lines - last, 0))
        out[f"off dense {cost}"] = np.sign(outside) * np.log1p(np.abs(outside))
    out["section tail"] = out["section before"] * (after < 1 / 4)
    return out


def _page(table: Table, layout: Layout) -> Table:
    weight, size = table["weight"], table["size"]
    usual = page_medians(size, table["is prose"] > 0, layout)
    n = (layout.end - layout.first).astype(float)
    return {
        "page prose": page_means(table["prose"], layout) / np.maximum(page_means(weight, layout), 1 / n),
        "page lines": np.log1p(n),
        "page hits": page_means(table["hit"], layout),
        "page size": page_means(size, layout),
        "page sentences": page_means(table["sentence"], layout),
        "page short": page_means((weight < 6).astype(float), layout),  # noqa: PLR2004  # the length of a menu entry
        "against usual": size - usual,
    }


def _wording(batch: Batch, table: Table, layout: Layout) -> Table:
    """Say how much of the line's wording the prose of the densest stretch has too, and what is usual on the page."""
    count, share = cohesion(batch.folded, (table["dense 8"] > 0) & (table["is prose"] > 0), layout)
    share = exact(share)
    return {"shared": share, "shared pieces": np.log1p(count), "page shared": page_means(share, layout)}


def _joint(table: Table, layout: Layout) -> Table:
    """Combine features where a sum cannot say what both together mean."""
    size, weight, length = table["size"], table["weight"], table["length"]
    prose, short = table["is prose"], 1 - table["is prose"]
    brief = weight < 12  # noqa: PLR2004  # longer lines hold dates of the story
    around = np.stack([length, prose, table["sure"]])
    (length_above, prose_above, sure_above), (length_below, prose_below, sure_below) = (
        shift(around, step, 0.0, layout) for step in (1, -1)
    )
    alike = (np.abs(length - length_above) <= _WRAP_SLACK) | (np.abs(length - length_below) <= _WRAP_SLACK)
    wrapped = (alike & (length >= _WRAP_WIDTH) & (table["sentence"] == 0)).astype(float)
    next_continues = shift(table["continues"], -1, 0.0, layout)
    listed = (weight < 8) * (1 - table["sentence"])  # noqa: PLR2004  # a headline or shorter
    sides = {span: table[f"hit <{span}"] + table[f"hit >{span}"] for span in (3, 8)}
    return {
        "wrapped": running(wrapped, 6, layout) * (weight > 5),  # noqa: PLR2004
        "next continues": next_continues,
        "open and continued": next_continues * (1 - table["sentence"]),
        "between prose": short * np.minimum(prose_above, prose_below),
        "among prose": short * np.minimum(window(prose, layout, before=3), window(prose, layout, after=3)),
        "beside hits": short * (sure_above + sure_below),
        "short by hits 8": short * sides[8],
        "prose by hits 8": prose * sides[8],
        "prose by hits 3": prose * sides[3],
        "year in brief": table["year"] * brief,
        "time in brief": table["time"] * brief,
        "list 5": running(listed, 5, layout),
        "list 12": running(listed, 12, layout),
        "before all prose": short * (table["prose before"] == 0),
        "after all prose": short * (table["prose after"] == 0),
        "over 6": np.maximum(size - 1.8, 0),
        "over 11": np.maximum(size - 2.4, 0),
        "over 20": np.maximum(size - 3.0, 0),
        "repeated long": table["repeated"] * (weight >= 5),  # noqa: PLR2004
        "dense 8 short": table["dense 8"] * short,
        "dense 8 size": table["dense 8"] * size,
        "dense 15 short": table["dense 15"] * short,
        "dense 15 size": table["dense 15"] * size,
        "page sentences short": table["page sentences"] * short,
        "page prose short": table["page prose"] * short,
        "page lines short": table["page lines"] * short,
    }
