"""How text is compared with the lexicons: one spelling for every width, case and number."""

import re
import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

MARKS = (
    " \t\u00a0\u200b\u3000•·●○◦■□▪▫◆◇★☆►▶▷▸→⇒›»>«‹<◄←↑↓↗△▲▼▽|/\\_*#"
    "~=+-–—―…:;,.。，、!?\"'“”‘’()[]【】「」『』《》〈〉{}^`※✕×✓〓"
)
_DIGIT = re.compile(r"\d")
_NO_DIGITS = str.maketrans("123456789", "0" * 9)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ı": "i", "\u0307": None})  # İ and I are capitals of Turkish i and ı
_NUMBER = re.compile(r"0(?:[.,]?0)+")  # once every digit is 0
_LONG = 300  # characters from which looking all of them up in a table is quicker than replacing one after another
_UNKNOWN, _SEVERAL = 0xFFFFFFFF, 0xFFFFFFFE

_table: NDArray[np.uint32] = np.full(0x110000, _UNKNOWN, dtype=np.uint32)


@cache
def _plain(character: str) -> str:
    return _DIGIT.sub("0", unicodedata.normalize("NFKC", character).casefold()).translate(_ALIKE)


def fold(text: str) -> str:
    """Return `text` in NFKC and lower case with every number written as 0; line breaks stay where they are.

    Apostrophes are straight, and both of Turkish's letters i are one.

    Characters are rewritten one by one, which is several times quicker than normalising the text; that does not compose
    accents, which normalising blocks has done.
    """
    if text.isascii():
        text = text.lower().translate(_NO_DIGITS)
    elif len(text) < _LONG:
        text = _replaced(text, set(text))
    else:
        text = _looked_up(text)
    return _NUMBER.sub("0", text)


def _replaced(text: str, characters: set[str]) -> str:
    for character in sorted(characters):
        if (plain := _plain(character)) != character:
            text = text.replace(character, plain)
    return text


def _looked_up(text: str) -> str:
    """Rewrite a long text by a table; a code point is looked up once a process."""
    codes = code_points(text)
    plain = _table.take(codes)
    if (plain == _UNKNOWN).any():
        for code in np.unique(codes[plain == _UNKNOWN]).tolist():
            written = _plain(chr(code))
            _table[code] = ord(written) if len(written) == 1 else _SEVERAL
        plain = _table.take(codes)
    several = plain == _SEVERAL
    if several.any():
        return _looked_up(_replaced(text, set(map(chr, codes[several].tolist()))))
    return plain.tobytes().decode("utf-32-le", "surrogatepass")


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the number of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def bare(folded: str) -> str:
    """Drop the bullets, brackets and punctuation around a folded line."""
    return folded.strip(MARKS)
