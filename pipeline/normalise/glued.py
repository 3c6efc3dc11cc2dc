"""Cut apart what a scraper glued onto one line: headings, list items, speaker labels."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.normalise.lines import Unit
from pipeline.normalise.marks import CLOSING_STAR, read_mark
from pipeline.records import Kind

_HEADING = re.compile(r"(?<=[^\s#])\s*(?=#{2,6}\s+\S)|(?<=[.!?。！？…”\"])\s+(?=#\s+\S)")
_NEXT_BULLET = re.compile(r"(?<=\S)\s+(?=[•●▪◦‣■]\s*\S)")
_NEXT_BULLET_OR_STAR = re.compile(r"(?<=\S)\s+(?=[•●▪◦‣■]\s*\S|\*[^\s*])")
MAX_LABEL = 60
_LABEL_LINE = re.compile(rf"(?P<label>[^:：]{{2,{MAX_LABEL}}})[:：]")
_LABEL_TAIL = re.compile(
    r"(?:[.!?…][\"”’»)\]]*\s+|[。！？…][」』”’]*\s*)"
    rf"(?P<label>(?:[^:：.!?。！？…]|\.(?=\w)){{2,{MAX_LABEL}}})[:：]$"
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3}")
MIN_LABELS = 2


def split_glued(units: list[Unit]) -> Iterator[Unit]:
    """Yield the units of a page, those that hold several cut apart, in page order."""
    speakers = _speakers(unit.raw for unit in units)
    for unit, following in pairwise((*units, None)):
        if unit is None:
            return
        for part in _cut_all(unit, _headings(unit.raw) + _items(unit.raw)):
            at = _label_start(part.raw, speakers) if following is not None else None
            yield from _cut_all(part, [at] if at else [])


def _cut_all(unit: Unit, places: list[int]) -> Iterable[Unit]:
    """Return the parts of a unit between the given places."""
    if not places:
        return (unit,)
    return [unit.cut(start, end) for start, end in pairwise((0, *sorted(places), len(unit.raw)))]


def _headings(raw: str) -> list[int]:
    """Find headings after the first character of a line; they end where the next one starts."""
    return [match.start() for match in _HEADING.finditer(raw)] if "# " in raw else []


def _items(raw: str) -> list[int]:
    """Find further list items on a line that is one."""
    mark = read_mark(raw, frozenset()) if _NEXT_BULLET_OR_STAR.search(raw) else None
    if mark is None or mark.kind is not Kind.LIST_ITEM:
        return []
    pattern = _NEXT_BULLET if CLOSING_STAR.search(raw) else _NEXT_BULLET_OR_STAR
    return [match.start() for match in pattern.finditer(raw, mark.length)]


def _speakers(lines: Iterable[str]) -> frozenset[str]:
    """Return the keys of those who speak on a page: names before a comma, and whole labels that come again.

    Only a page on which labels recur is an interview; elsewhere a colon at the end of a line announces something.
    """
    labels: list[str] = []
    names: list[str] = []
    for line in lines:
        if not line.endswith((":", "：")):
            continue
        tail = _LABEL_TAIL.search(line)
        whole = _LABEL_LINE.fullmatch(line)
        if whole and not (tail and _is_told(line[: tail.start()])):
            labels.append(_key(whole["label"]))
            names.extend(_named(whole["label"]))
        elif tail:
            names.extend(_named(tail["label"]))
    if len(names) < MIN_LABELS:
        names = []
    recurring = (label for label, n in Counter(labels).items() if n >= MIN_LABELS)
    return frozenset((*names, *recurring))


def _is_told(before: str) -> bool:
    """Tell a sentence from the title before a name (`Dr. Mara Quill, engineer:`)."""
    return " " in before.strip() or not before.isascii()


def _named(label: str) -> list[str]:
    """Return the key of the name in `Name Surname, Affiliation`, or nothing."""
    name, comma, affiliation = label.partition(",")
    return [_key(name)] if comma and affiliation.strip() and _NAME.fullmatch(name.strip()) else []


def _label_start(raw: str, speakers: frozenset[str]) -> int | None:
    """Return where the speaker's label at the end of a paragraph starts, None when there is none."""
    if not speakers or not raw.endswith((":", "：")):
        return None
    match = _LABEL_TAIL.search(raw[-2 * MAX_LABEL :])
    if match is None or (_LABEL_LINE.fullmatch(raw) and not _is_told(raw[: match.start()])):
        return None
    label = match["label"]
    if _key(label) in speakers or speakers.intersection(_named(label)):
        return len(raw) - len(raw[-2 * MAX_LABEL :]) + match.start("label")
    return None


def _key(label: str) -> str:
    """Return a label without the spaces and points that vary between its occurrences."""
    return "".join(character for character in label.casefold() if character.isalnum())
