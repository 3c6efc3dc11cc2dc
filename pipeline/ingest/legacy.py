"""Choose among legacy encodings by what a reader would recognise in the outcome.

charset-normalizer asks whether the outcome looks broken; for a headline or a paragraph that is too little to go by, and
it takes Spanish for Central European. Here every encoding of every known language is tried, and the one whose outcome
is written in the frequent letters of its language wins. `encodings.toml` holds the letters.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

COMMON, RARE, LOST = 1.0, 0.6, -2.0
# Two-byte encodings refuse much of what they are not, so a decoding without loss counts for something.
WHOLE = 0.15
# Letters of a script outside our short lists: real, but no sign that the decoding is right.
SCRIPT_WEIGHTS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "zh-Hans": (("\u3400", "\u9fff", 0.5),),
    "zh-Hant": (("\u3400", "\u9fff", 0.5),),
    "ja": (("\u3040", "\u30ff", 0.9), ("\u3400", "\u9fff", 0.6)),
    "ko": (("\uac00", "\ud7a3", 0.6), ("\u3400", "\u9fff", 0.1)),
    "th": (("\u0e00", "\u0e7f", 0.3),),
}
WIDE = frozenset({"zh-Hans", "zh-Hant", "ja", "ko"})
PUNCTUATION = frozenset("“”‘’‚„–—…«»‹›°·€£©®™•§×→½¼¾\xa0")
WIDE_PUNCTUATION = frozenset(map(chr, (*range(0x3000, 0x3030), *range(0xFF01, 0xFF66))))
SURE = 0.5
SAMPLE_BYTES = 1 << 14


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, the language that speaks for it, and how well the outcome reads (1 is best)."""

    encoding: str
    language: str
    score: float


@dataclass(frozen=True, slots=True)
class Language:
    """A language as an encoding sees it."""

    name: str
    encodings: tuple[str, ...]
    weights: dict[str, float]
    broken: re.Pattern[str] | None

    @property
    def wide(self) -> bool:
        """Say whether UTF-16 without a byte order mark is worth trying."""
        return self.name in WIDE

    def score(self, text: str) -> float:
        """Return the mean weight of the characters outside ASCII, less what no writer would put together."""
        counts = Counter(text)
        total = weight = 0.0
        for character, n in counts.items():
            if character > "\x7f":
                total += n
                weight += n * self._weight(character)
        if not total:
            return 0.0
        if self.wide and "\ufffd" not in counts:
            weight += WHOLE * total
        broken = sum(1 for _ in self.broken.finditer(text)) if self.broken else 0
        return (weight + LOST * broken) / total

    def _weight(self, character: str) -> float:
        known = self.weights.get(character)
        if known is not None:
            return known
        if character == "\ufffd":
            return LOST
        for first, last, weight in SCRIPT_WEIGHTS.get(self.name, ()):
            if first <= character <= last:
                return weight
        return 0.0


def guess(data: bytes, *, wide_units: bool = False) -> Guess | None:
    """Return the encoding whose outcome reads best, or None when none reads like any language we know.

    `wide_units` adds UTF-16 without a byte order mark to the encodings tried.
    """
    sample = _sample(data)
    best: Guess | None = None
    for language in _languages():
        tried = (*language.encodings, "utf_16_le", "utf_16_be") if wide_units and language.wide else language.encodings
        for encoding in tried:
            found = Guess(encoding, language.name, language.score(sample.decode(encoding, "replace")))
            if best is None or found.score > best.score:
                best = found
    return best if best and best.score >= SURE else None


def reads_well(data: bytes, encoding: str) -> bool:
    """Say whether some language we know speaks for an encoding that somebody declared."""
    text = _sample(data).decode(encoding, "replace")
    return max(language.score(text) for language in _languages()) >= SURE


def _sample(data: bytes) -> bytes:
    """Return the first lines that hold more than ASCII; whole lines, so that no character is cut."""
    if len(data) <= SAMPLE_BYTES:
        return data
    lines: list[bytes] = []
    size = 0
    for line in data.split(b"\n"):
        if not line.isascii():
            lines.append(line[:SAMPLE_BYTES])
            size += len(line)
        if size > SAMPLE_BYTES:
            break
    return b"\n".join(lines)


@cache
def _languages() -> tuple[Language, ...]:
    """Load languages, their encodings and the weights of their letters."""
    source = resources.files("pipeline.ingest").joinpath("encodings.toml").read_text(encoding="utf-8")
    return tuple(_language(name, entry) for name, entry in tomllib.loads(source).items())


def _language(name: str, entry: dict[str, Any]) -> Language:
    broken = entry.get("broken")
    weights = _letter_weights(name, entry["common"], entry.get("rare", ""))
    return Language(name, tuple(entry["encodings"]), weights, re.compile(broken) if broken else None)


def _letter_weights(language: str, common: str, rare: str) -> dict[str, float]:
    """Weigh the letters of a language; a capital counts half, since most text is lower case."""
    weights = dict.fromkeys(PUNCTUATION | (WIDE_PUNCTUATION if language in WIDE else frozenset()), COMMON)
    for letters, weight in ((rare, RARE), (common, COMMON)):
        weights |= {letter.upper(): weight / 2 for letter in letters if len(letter.upper()) == 1}
        weights |= dict.fromkeys(letters, weight)
    return weights
