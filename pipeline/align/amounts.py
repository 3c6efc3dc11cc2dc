"""Amounts that a text names in figures, as values: 2,5 juta, 2.5 million and 250万 are one."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pipeline.clean.fold import fold
from pipeline.numbered import alternatives, read_numbered

_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_BEFORE_CLOCK = re.compile(r"\b(?:pukul|jam|lúc|klockan|kl\.?)\s$", re.IGNORECASE)
_REACH = 10  # characters before figures in which a word for the clock fits
_AFTER_CLOCK = re.compile(r"\s?(?:[ap]\.?\s?m\b|wib\b|wita\b|wit\b|uhr\b)", re.IGNORECASE)
LONGEST = 15  # signs of an amount; what is longer is a code
_PLAIN = 10_000  # from here on an amount is written in groups of three; below it may be a year


def read_amounts(text: str) -> frozenset[Decimal]:
    """Return the amounts in a text; neither a time of day nor a long code is one, and number words are not read."""
    return frozenset(_amounts(unicodedata.normalize("NFKC", text)))


def written(amount: Decimal) -> str:
    """Return an amount as English writes it."""
    return f"{amount:,}" if amount >= _PLAIN else str(amount)


def _amounts(text: str) -> Iterator[Decimal]:
    for match in _pattern().finditer(text):
        if len(match["figures"]) <= LONGEST and not _is_clock(text, match):
            power = _powers()[fold(match["word"])] if match["word"] else 0
            yield _plain(_value(match["figures"]) * 10**power)


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """Tell a time of day: `21:10`, `9.10 pm`, `pukul 21.10`; figures with a full stop need a word beside them."""
    if ":" in match["figures"]:
        return True
    if not _CLOCK.fullmatch(match["figures"]):
        return False
    start, end = match.span("figures")
    return bool(_AFTER_CLOCK.match(text, end) or _BEFORE_CLOCK.search(text, max(0, start - _REACH), start))


def _value(figures: str) -> Decimal:
    """Read separators: groups of three are thousands, else the last separator is the decimal one."""
    if _GROUPED.fullmatch(figures):
        return Decimal(re.sub(r"[.,]", "", figures))
    whole, _, part = figures.replace(",", ".").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{part}") if whole else Decimal(part)


def _plain(amount: Decimal) -> Decimal:
    """Return equal amounts in one form."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


@cache
def _powers() -> dict[str, int]:
    """Return the powers of ten by word, folded: ignoring case, a pattern takes Turkish's İ and ı for i."""
    return {fold(word): power for word, power in read_numbered("pipeline.align", "magnitudes.toml").items()}


@cache
def _pattern() -> re.Pattern[str]:
    spaced, joined = alternatives(_powers())
    word = rf"(?:\s?(?P<word>(?:{spaced})(?!\w)|(?:{joined})))?"
    return re.compile(rf"(?P<figures>\d+(?:[.,:]\d+)*){word}", re.IGNORECASE)
