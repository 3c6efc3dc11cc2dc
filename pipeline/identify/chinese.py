"""Tell Simplified from Traditional Chinese, and both from Japanese written without kana.

A character speaks for the one national character set that has it: GB 2312 for Simplified, Big5 for Traditional, JIS X
0208 for Japanese. Most characters are in all three and say nothing.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipeline.identify.scripts import script_of

_QUOTES = {"zh-Hans": "“”‘’", "zh-Hant": "「」『』"}
"""The quotation marks each standard prescribes: the second opinion when no character decides."""

_QUOTE_WEIGHT = 0.1

_SOFT = 0.25
"""The weight of a character that one set has among its everyday characters and the other only among the rare ones."""

_PRIOR = 0.5
"""What the context is worth, in characters: it decides where nothing else speaks, and yields to one clear character."""

_DOUBT = 0.1
"""Added to every language's evidence, so that a text without any gives each the same confidence."""

_LAST_EVERYDAY_LEAD = {"gb2312": 0xD7, "big5": 0xC6}
"""The last lead byte of the first level of a character set, which holds the everyday characters."""


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a character is at home: the weight of its voice for each language, and whether Japanese has it."""

    simplified: float
    traditional: float
    japanese: float
    in_japanese: bool


@cache
def _home(character: str) -> _Home:
    simplified, traditional = _level(character, "gb2312"), _level(character, "big5")
    japanese = _level(character, "shift_jis") > 0
    return _Home(
        simplified=_voice(simplified, traditional),
        traditional=_voice(traditional, simplified),
        japanese=float(japanese and not simplified and not traditional),
        in_japanese=japanese,
    )


def _voice(own: int, other: int) -> float:
    if own and not other:
        return 1.0
    return _SOFT if own > other else 0.0


def _level(character: str, charset: str) -> int:
    """Return 2 for an everyday character of a set, 1 for a rare one, 0 for one that it lacks."""
    try:
        lead = character.encode(charset)[0]
    except UnicodeEncodeError:
        return 0
    return 2 if lead <= _LAST_EVERYDAY_LEAD.get(charset, 0xFF) else 1


def tell_variant(text: str, prior: str | None, allowed: tuple[str, ...]) -> tuple[str, float]:
    """Return the one of `allowed` (`zh-Hans`, `zh-Hant`, `ja`) that a text in Han characters is in, and the confidence.

    With no telling character the prior decides, then the quotation marks, then the first language allowed.
    """
    voices = _hear(text)
    evidence = {lang: voices.get(lang, 0.0) for lang in allowed}
    if prior in evidence:
        evidence[prior] += _PRIOR
    best = max(allowed, key=lambda lang: evidence[lang])
    return best, (evidence[best] + _DOUBT) / (sum(evidence.values()) + _DOUBT * len(allowed))


def _hear(text: str) -> dict[str, float]:
    """Add up the voices of the characters and of the quotation marks."""
    homes = [(_home(character), n) for character, n in Counter(text).items() if script_of(character) == "Han"]
    simplified = sum(home.simplified * n for home, n in homes)
    traditional = sum(home.traditional * n for home, n in homes)
    japanese = sum(home.japanese * n for home, n in homes)
    if min(simplified, traditional) >= 1 and all(home.in_japanese for home, _ in homes):
        japanese += simplified + traditional
    marks = {lang: _QUOTE_WEIGHT * any(mark in text for mark in quotes) for lang, quotes in _QUOTES.items()}
    return {"zh-Hans": simplified + marks["zh-Hans"], "zh-Hant": traditional + marks["zh-Hant"], "ja": japanese}
