"""The stage: lines become units, units become blocks."""

import re
from dataclasses import dataclass

from pipeline.config import NormaliseConfig
from pipeline.normalise.glued import split_glued
from pipeline.normalise.lines import Unit, line_units
from pipeline.normalise.marks import Number, page_numbers, read_mark
from pipeline.normalise.mojibake import page_encoding, reread
from pipeline.normalise.repairs import REPAIRS, is_sound, repair
from pipeline.normalise.ruby import rejoin_ruby
from pipeline.normalise.wrap import join_lines, rejoin
from pipeline.records import Block, Kind, Seed

REJOINED, MARK = "rejoined", "mark"
ORDER = (REJOINED, *REPAIRS, MARK)
MAX_TITLE = 200
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What only the whole page can tell: its list numbers, the encoding it was misread in, its words.

    A `sound` page shows no sign of wrong decoding anywhere. `words` is empty on a page without rejoined lines, where
    nobody asks.
    """

    numbers: frozenset[Number]
    encoding: str | None
    sound: bool
    words: frozenset[str]


def normalise(seed: Seed, config: NormaliseConfig) -> tuple[Block, ...]:
    """Return the blocks of a seed in page order: text repaired, structure recovered, nothing lost.

    Every visible character of the seed lies in exactly one block, and spans never overlap. A declared title that is
    not the first line of the text is block 0 on line 0. `Block.repairs` names, in the order of the table, what changed
    the text: `rejoined` (line ends removed), the text repairs, `mark` (heading or list mark removed).
    """
    units = _units(seed.text, config)
    page = _read_page(seed.text, units)
    blocks = [_block(number, unit, page) for number, unit in enumerate(units)]
    title = repair(seed.declared.title)[0] if seed.declared.title else ""
    if title and not (blocks and _same(title, blocks[0].text)):
        declared = Block(0, 0, 0, 0, 0, "", title, Kind.TITLE)
        return (declared, *(_block(number, unit, page) for number, unit in enumerate(units, start=1)))
    return tuple(_first_as_title(blocks))


def _units(text: str, config: NormaliseConfig) -> list[Unit]:
    """Cut a text into paragraphs."""
    units = list(line_units(text))
    if config.rejoin_lines:
        numbers = page_numbers(unit.raw for unit in units)
        units = list(rejoin_ruby(list(rejoin(units, text, lambda raw: read_mark(raw, numbers) is not None)), text))
    return list(split_glued(units))


def _read_page(text: str, units: list[Unit]) -> Page:
    """Gather what single units cannot know."""
    wrapped = any(unit.line_start < unit.line_end for unit in units)
    sound = is_sound(text)
    return Page(
        page_numbers(unit.raw for unit in units),
        None if sound else page_encoding(unit.raw for unit in units),
        sound,
        frozenset(_WORD.findall(text.casefold())) if wrapped else frozenset(),
    )


def _block(number: int, unit: Unit, page: Page) -> Block:
    """Repair one unit's text and read its mark."""
    text, repairs = _repaired(unit, page)
    kind = Kind.PARAGRAPH
    mark = read_mark(text, page.numbers)
    if mark:
        text, kind, repairs = text[mark.length :], mark.kind, (*repairs, MARK)
    place = (number, unit.line_start, unit.line_end, unit.start, unit.end, unit.raw)
    if not text:
        return Block(*place, "", Kind.DEBRIS, keep=False, label="placeholder", rule="normalise.empty", repairs=repairs)
    return Block(*place, text, kind, repairs=repairs)


def _repaired(unit: Unit, page: Page) -> tuple[str, tuple[str, ...]]:
    """Return a unit's text after every repair, and their names in the order of the table."""
    text = unit.raw
    used: set[str] = set()
    if unit.line_start < unit.line_end:
        text = join_lines(text, page.words)
        used.add(REJOINED)
    if page.encoding and (better := reread(text, page.encoding)) != text:
        text = better
        used.add("mojibake")
    text, repairs = repair(text, sound=page.sound and not used)
    return text, tuple(name for name in ORDER if name in used or name in repairs) if used else repairs


def _first_as_title(blocks: list[Block]) -> list[Block]:
    """Take the first line for the title when it stands like one: short, not in a list, something after it."""
    if not blocks[1:] or blocks[0].kind not in {Kind.PARAGRAPH, Kind.HEADING} or len(blocks[0].text) > MAX_TITLE:
        return blocks
    return [blocks[0]._replace(kind=Kind.TITLE), *blocks[1:]]


def _same(title: str, line: str) -> bool:
    """Say whether a declared title and a line are the same words."""
    return _WORD.findall(title.casefold()) == _WORD.findall(line.casefold())
