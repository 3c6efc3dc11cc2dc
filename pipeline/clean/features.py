"""What a line and its neighbourhood look like, in numbers that mean the same in every language.

Whole pages are counted at once on arrays of code points, so that the cost is linear in the page and small a line.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.alphabet import Sort, sorts
from pipeline.clean.fold import bare, fold
from pipeline.clean.lexicon import Hit, Strength
from pipeline.clean.neighbours import densest, distances, running, share_before, shift, window

Column = NDArray[np.float64]
Table = dict[str, Column]

_DENSE_WORD, _SYLLABLE_WORD = 1.7, 4.5
_PROSE_WEIGHT, _LONG_WEIGHT, _SYLLABLE_SENTENCE = 7, 22, 12
_MASS_CAP = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(r"\d:\d\d")
_SEPARATOR = re.compile(r"[|·•>»/_]")
_ADDRESS = re.compile(r"@|://|www\.")
_IS_SPACED = np.isin(np.arange(len(Sort)), (Sort.LOWER, Sort.UPPER, Sort.HANGUL, Sort.SCRIPT))
_IS_CARRYING = ~np.isin(np.arange(len(Sort)), (Sort.CLOSER, Sort.SPACE, Sort.LINE))
_IS_QUOTE = np.isin(np.arange(len(Sort)), (Sort.OPENER, Sort.CLOSER))
_IS_CONTINUING = np.isin(np.arange(len(Sort)), (Sort.LOWER, Sort.COMMA, Sort.STOP, Sort.COLON))
_ELLIPSIS = ("...", "…", "..")
_WRAP_SLACK, _WRAP_WIDTH = 2, 20


def describe(texts: Sequence[str], hits: Sequence[Hit | None]) -> Table:
    """Return one column a feature, one row a line; the texts hold no line breaks."""
    page = "\n".join(texts) + "\n"
    table = _evidence(texts, hits)
    table |= _form(page)
    table |= _sentences(table)
    table |= _repetition(page)
    table |= _nearby(table)
    table |= _place(table)
    table |= _page(table)
    return table | _joint(table)


def _evidence(texts: Sequence[str], hits: Sequence[Hit | None]) -> Table:
    strengths = [hit.strength if hit else None for hit in hits]
    sure = np.array([s not in (None, Strength.WEAK) for s in strengths], dtype=float)
    weak = np.array([s is Strength.WEAK for s in strengths], dtype=float)
    return {
        "sure": sure,
        "weak": weak,
        "section": np.array([s is Strength.SECTION for s in strengths], dtype=float),
        "hit": np.maximum(sure, weak / 2),
        "ellipsis": np.array([text.rstrip().endswith(_ELLIPSIS) for text in texts], dtype=float),
    }


def _form(page: str) -> Table:
    """Count characters by sort and look at the ends of every line."""
    codes = np.frombuffer(page.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sort = sorts(codes)
    ends = np.flatnonzero(sort == Sort.LINE)
    starts = np.concatenate(([0], ends[:-1] + 1))
    line = np.repeat(np.arange(len(ends)), ends - starts + 1)
    counts = (
        np.bincount(line * len(Sort) + sort, minlength=len(ends) * len(Sort)).reshape(len(ends), -1).T.astype(float)
    )

    def count(mask: NDArray[np.bool_]) -> Column:
        return np.bincount(line[mask], minlength=len(ends)).astype(float)

    word = _begin(_IS_SPACED[sort])
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
        **_edges(sort, starts, ends),
        **_found_in(page, ends),
        "foreign": _foreign(scripts, weight),
    }


def _begin(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the first of each run."""
    begin = flags.copy()
    begin[1:] &= ~flags[:-1]
    return begin


def _edges(sort: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Table:
    """Name the first character of each line, and the last one that is no space or closing mark."""
    carrying = np.flatnonzero(_IS_CARRYING[sort])
    at = np.append(-1, carrying)[np.searchsorted(carrying, ends)]
    last = np.where(at >= starts, sort[np.maximum(at, 0)], Sort.OTHER)
    first, very_last = sort[starts], sort[np.maximum(ends - 1, starts)]
    return {
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


def _found_in(page: str, ends: NDArray[np.int64]) -> Table:
    """Count a few patterns a line, each searched over the whole page at once."""

    def per_line(pattern: re.Pattern[str]) -> Column:
        at = np.fromiter((match.start() for match in pattern.finditer(page)), dtype=np.int64)
        return np.bincount(np.searchsorted(ends, at), minlength=len(ends)).astype(float)

    return {
        "year": np.minimum(per_line(_YEAR), 1),
        "time": np.minimum(per_line(_TIME), 1),
        "separators": np.log1p(per_line(_SEPARATOR)),
        "address": np.minimum(per_line(_ADDRESS), 1),
    }


def _foreign(scripts: NDArray[np.float64], weight: Column) -> Column:
    """Return the share of letters outside the script that most of the page's long lines are written in."""
    main = int(np.argmax((scripts * (1e-3 + weight * (weight >= _PROSE_WEIGHT))).sum(axis=1)))
    total = scripts.sum(axis=0)
    return np.where(total > 0, 1 - scripts[main] / np.maximum(total, 1), 0.0)


def _sentences(table: Table) -> Table:
    """Weigh what reads like sentences; scripts without full stops are believed by their length."""
    weight, trailing = table["weight"], table["ellipsis"]
    unstopped = (table["thai-like"] > 1 / 2) & (weight >= _SYLLABLE_SENTENCE) & (table["ends colon"] == 0)
    stop = np.where(unstopped, 1.0, table["ends stop"]) * (1 - trailing)
    inner = (weight >= _LONG_WEIGHT) & (table["stops"] + table["commas"] + table["thai-like"] > 0)
    sentence = np.maximum(stop, 0.7 * inner)
    open_line = 1 - table["sure"]
    prose = np.maximum(sentence, 0.3 * table["ends colon"]) * np.minimum(weight, _MASS_CAP)
    prose = prose * (weight >= _PROSE_WEIGHT) * open_line
    return {
        "sentence": stop,
        "long prose": inner.astype(float),
        "prose": prose,
        "is prose": (prose >= 10).astype(float),  # noqa: PLR2004  # a dozen words that end like a sentence
        "strong": (sentence * weight * open_line >= 16).astype(float),  # noqa: PLR2004  # and two dozen that surely do
    }


def _repetition(page: str) -> Table:
    lines = [bare(line) for line in fold(page[:-1]).split("\n")]
    seen = Counter(lines)
    return {"repeated": np.log1p(np.array([seen[line] - 1 for line in lines], dtype=float))}


def _nearby(table: Table) -> Table:
    out: Table = {}
    for name in ("size", "sentence", "hit", "digits", "prose"):
        for step in (1, 2):
            out[f"{name} -{step}"] = shift(table[name], step, -1.0)
            out[f"{name} +{step}"] = shift(table[name], -step, -1.0)
    for span in (3, 8, 20):
        for name in ("prose", "hit"):
            out[f"{name} <{span}"] = window(table[name], before=span)
            out[f"{name} >{span}"] = window(table[name], after=span)
    for name, short in (("is prose", "prose"), ("strong", "strong"), ("sure", "hit")):
        before, after = distances(table[name] > 0)
        out[f"to {short} <"], out[f"to {short} >"] = np.log1p(before), np.log1p(after)
    out["to section <"] = np.log1p(distances(table["section"] > 0)[0])
    for span in (8, 20):
        both = np.minimum(out[f"prose <{span}"], out[f"prose >{span}"])
        out[f"prose both {span}"] = np.log1p(both)
    out["log prose <8"], out["log prose >8"] = np.log1p(out["prose <8"]), np.log1p(out["prose >8"])
    out["to strong"] = np.minimum(out["to strong <"], out["to strong >"])
    return out


def _place(table: Table) -> Table:
    """Say where the line stands: on the page, in the prose, and against the page's densest stretches."""
    prose = table["prose"]
    lines = np.arange(len(prose))
    out: Table = {
        "from top": np.log1p(lines),
        "from end": np.log1p(lines[::-1]),
        "position": lines / max(len(prose) - 1, 1),
        "prose before": share_before(prose),
        "prose after": share_before(prose[::-1])[::-1],
        "section before": np.maximum.accumulate(table["section"]),
    }
    for cost in (3, 8, 15):
        first, last = densest(prose - cost)
        out[f"dense {cost}"] = ((lines >= first) & (lines <= last)).astype(float)
        outside = np.where(lines < first, lines - first, np.where(lines > last, lines - last, 0))
        out[f"off dense {cost}"] = np.sign(outside) * np.log1p(np.abs(outside))
    out["section tail"] = out["section before"] * (out["prose after"] < 1 / 4)
    return out


def _page(table: Table) -> Table:
    weight, size = table["weight"], table["size"]
    prose = table["is prose"] > 0
    ones = np.ones(len(weight))
    usual = np.median(size[prose] if prose.any() else size)
    return {
        "page prose": ones * table["prose"].sum() / max(weight.sum(), 1.0),
        "page lines": ones * np.log1p(len(weight)),
        "page hits": ones * table["hit"].mean(),
        "page size": ones * size.mean(),
        "page sentences": ones * table["sentence"].mean(),
        "page short": ones * (weight < 6).mean(),  # noqa: PLR2004  # the length of a menu entry
        "against usual": size - usual,
    }


def _joint(table: Table) -> Table:
    """Combine features where a sum cannot say what both together mean."""
    size, weight, length = table["size"], table["weight"], table["length"]
    prose, short = table["is prose"], 1 - table["is prose"]
    brief = weight < 12  # noqa: PLR2004  # longer lines hold dates of the story
    alike = (np.abs(length - shift(length, 1, 0.0)) <= _WRAP_SLACK) | (
        np.abs(length - shift(length, -1, 0.0)) <= _WRAP_SLACK
    )
    wrapped = (alike & (length >= _WRAP_WIDTH) & (table["sentence"] == 0)).astype(float)
    next_continues = shift(table["continues"], -1, 0.0)
    listed = (weight < 8) * (1 - table["sentence"])  # noqa: PLR2004  # a headline or shorter
    sides = {span: table[f"hit <{span}"] + table[f"hit >{span}"] for span in (3, 8)}
    return {
        "wrapped": running(wrapped, 6) * (weight > 5),  # noqa: PLR2004
        "next continues": next_continues,
        "open and continued": next_continues * (1 - table["sentence"]),
        "between prose": short * np.minimum(shift(prose, 1, 0.0), shift(prose, -1, 0.0)),
        "among prose": short * np.minimum(window(prose, before=3), window(prose, after=3)),
        "beside hits": short * (shift(table["sure"], 1, 0.0) + shift(table["sure"], -1, 0.0)),
        "short by hits 8": short * sides[8],
        "prose by hits 8": prose * sides[8],
        "prose by hits 3": prose * sides[3],
        "year in brief": table["year"] * brief,
        "time in brief": table["time"] * brief,
        "list 5": running(listed, 5),
        "list 12": running(listed, 12),
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
