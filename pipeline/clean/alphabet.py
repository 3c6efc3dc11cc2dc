"""What kind of character each code point is, for counting whole pages at once."""

import unicodedata
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Sort(IntEnum):
    """The sorts of characters that the page model tells apart."""

    OTHER = 0
    LOWER = 1
    UPPER = 2
    DENSE = 3
    SYLLABLE = 4
    DIGIT = 5
    SPACE = 6
    STOP = 7
    COMMA = 8
    COLON = 9
    CLOSER = 10
    OPENER = 11
    MARK = 12
    LINE = 13
    HANGUL = 14
    SCRIPT = 15


_MARKED = {
    character: sort
    for characters, sort in (
        ("\n", Sort.LINE),
        ("\t", Sort.SPACE),
        (".。!！?？…．｡።।॥။؟۔", Sort.STOP),
        (",，、;；،؛၊", Sort.COMMA),
        (":：", Sort.COLON),
        ("\"”’»」』)）】]〉》'", Sort.CLOSER),
        ("“‘«「『(（【[〈《„", Sort.OPENER),
    )
    for character in characters
}
_SCRIPTS = (
    (((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)), Sort.DENSE),
    (((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF)), Sort.SYLLABLE),
    (((0xAC00, 0xD7AF),), Sort.HANGUL),
)
_LATIN_END = 0x1EFF
_UNKNOWN = 255

_table: NDArray[np.uint8] = np.full(0x110000, _UNKNOWN, dtype=np.uint8)


def sorts(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the `Sort` of each code point; a code point is looked up once a process."""
    found = _table.take(codes)
    if (found == _UNKNOWN).any():
        for code in np.unique(codes[found == _UNKNOWN]):
            _table[code] = _sort(chr(code))
        found = _table.take(codes)
    return found


def _sort(character: str) -> Sort:
    if character in _MARKED:
        return _MARKED[character]
    category = unicodedata.category(character)
    if category[0] in "LM":
        return _letter(ord(character), category)
    if category == "Nd":
        return Sort.DIGIT
    if category[0] == "Z":
        return Sort.SPACE
    return Sort.MARK if category[0] in "PS" else Sort.OTHER


def _letter(code: int, category: str) -> Sort:
    for ranges, sort in _SCRIPTS:
        if any(low <= code <= high for low, high in ranges):
            return sort
    if code > _LATIN_END:
        return Sort.SCRIPT
    return Sort.UPPER if category in ("Lu", "Lt") else Sort.LOWER
