"""Latin names that look alike in English: any in Chinese text, elsewhere those like `iPhone` or `GPT-4`."""

import re
from collections.abc import Iterator

from pipeline.translate.names.words import Name
from pipeline.translate.terms import UNSPACED

_TOKEN = re.compile(rf"(?<![^\W{UNSPACED}])[A-Za-z][A-Za-z0-9]*(?:[-.·][A-Za-z0-9]+)*(?![^\W{UNSPACED}])")
_MONEY = re.compile(r"(?:Rp|Rs|RM|US|USD|SGD|MYR|IDR|VND|EUR|RMB|CNY|NT|TWD|HK|HKD)\d", re.IGNORECASE)
_AREA = re.compile(r"(?:[ckdm]?m|h)[23]")
_ORDINAL = re.compile(r"ke-\d")  # Indonesian: `ke-5` is the fifth
INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Za-z]-?\d|\d[A-Za-z]")


def find_latin(source: str, *, chinese: bool) -> Iterator[Name]:
    """Yield the tokens that English leaves as they are."""
    for m in _TOKEN.finditer(source):
        if (
            not _MONEY.match(m[0])
            and not _ORDINAL.match(m[0])
            and not _AREA.fullmatch(m[0])
            and (INNER_CAPITAL.search(m[0]) or (chinese and len(m[0]) > 1 and not m[0].islower()))
        ):
            yield Name(m.start(), m.end(), m[0])
