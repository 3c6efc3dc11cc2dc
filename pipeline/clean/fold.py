"""How text is compared with the lexicons: one spelling for every width, case and number."""

import re
import unicodedata
from functools import cache

MARKS = (
    " \t\u00a0\u200b\u3000•·●○◦■□▪▫◆◇★☆►▶▷▸→⇒›»>«‹<◄←↑↓↗△▲▼▽|/\\_*#"
    "~=+-–—―…:;,.。，、!?\"'“”‘’()[]【】「」『』《》〈〉{}^`※✕×✓〓"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def _plain(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


def fold(text: str) -> str:
    """Return `text` in NFKC and lower case with every number written as 0; line breaks stay where they are.

    Each character that NFKC rewrites is replaced in the whole text at once, which is several times quicker than
    normalising the text; it does not compose accents, which normalising blocks has done.
    """
    if not text.isascii():
        for character in sorted(set(text)):
            if (plain := _plain(character)) != character:
                text = text.replace(character, plain)
    return _NUMBER.sub("0", text.casefold())


def bare(folded: str) -> str:
    """Drop the bullets, brackets and punctuation around a folded line."""
    return folded.strip(MARKS)
