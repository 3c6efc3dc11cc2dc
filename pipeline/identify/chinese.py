"""Tell Simplified from Traditional Chinese, and both from Japanese written without kana.

A character speaks for the one national character set that has it: GB 2312 for Simplified, Big5 for Traditional, JIS X
0208 (alone) for Japanese. Most characters are in all three and say nothing.
"""

from collections import Counter
from functools import cache

_CHARSETS = (("zh-Hans", "gb2312"), ("zh-Hant", "big5"), ("ja", "euc_jp"))

_QUOTES = {"zh-Hans": "“”‘’", "zh-Hant": "「」『』"}
"""The quotation marks each standard prescribes: the second opinion when no character decides."""

_PRIOR = 0.5
"""What the context is worth, in characters: it decides where nothing else speaks, and yields to one clear character."""


@cache
def _home(character: str) -> str | None:
    homes = [lang for lang, charset in _CHARSETS if _encodable(character, charset)]
    chinese = [lang for lang in homes if lang != "ja"]
    if len(chinese) == 1:
        return chinese[0]
    return "ja" if homes == ["ja"] else None


def _encodable(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def tell_variant(text: str, prior: str | None, allowed: tuple[str, ...]) -> tuple[str, float]:
    """Return the one of `allowed` (`zh-Hans`, `zh-Hant`, `ja`) that a text in Han characters is in, and the confidence.

    With no telling character the prior decides, then the quotation marks, then the first language allowed.
    """
    evidence = dict.fromkeys(allowed, 0.0)
    for character, n in Counter(text).items():
        home = _home(character) if character > "⺀" else None
        if home in evidence:
            evidence[home] += n
    for lang, marks in _QUOTES.items():
        if lang in evidence:
            evidence[lang] += 0.1 * any(mark in text for mark in marks)
    if prior in evidence:
        evidence[prior] += _PRIOR
    best = max(allowed, key=lambda lang: evidence[lang])
    total = sum(evidence.values())
    return best, (evidence[best] + 0.5) / (total + 0.5 * len(allowed))
