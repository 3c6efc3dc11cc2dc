"""Choose among the languages of one script with py3langid's byte n-grams, corrected where they are known to fail."""

import copy
import math
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

from pipeline.identify.languages import common_languages
from pipeline.identify.lexicon import malay_odds

_RARE = 0.05
"""How likely a language that is not common is beforehand, relative to a common one."""

_PRIOR = 8.0
"""How many times likelier the language that the context suggests is beforehand."""

_VIETNAMESE_SHARE = 0.03
"""Vietnamese prose has about one letter in four with a mark of its own; no other language of the Latin set has any."""

_MALAY_NGRAM_WEIGHT = 0.5
"""How much of the n-grams' opinion counts between Malay and Indonesian."""


@cache
def _identifier(languages: tuple[str, ...]) -> Any:  # noqa: ANN401 - py3langid has no types
    """Return a detector over a closed set; the model is read once and shared."""
    if not languages:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    closed = copy.copy(_identifier(()))
    closed.set_languages(languages)
    return closed


def choose(text: str, prior: str | None, allowed: tuple[str, ...]) -> tuple[str, float]:
    """Return the likeliest of `allowed` and its probability."""
    common = common_languages()
    weights = {
        lang: p * (1.0 if lang in common else _RARE) * (_PRIOR if lang == prior else 1.0)
        for lang, p in _identifier(allowed).rank(text)
    }
    if "vi" in weights and _vietnamese_share(text) >= _VIETNAMESE_SHARE:
        return "vi", 1.0
    if "id" in weights and "ms" in weights:
        _split_malay(weights, text)
    best = min(weights, key=lambda lang: (-weights[lang], lang))
    return best, weights[best] / sum(weights.values())


def _split_malay(weights: dict[str, float], text: str) -> None:
    both = weights["id"] + weights["ms"]
    if not both:
        return
    ngram_odds = math.log((weights["ms"] + 1e-9) / (weights["id"] + 1e-9))
    odds = _MALAY_NGRAM_WEIGHT * ngram_odds + malay_odds(text)
    malay = 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))
    weights["ms"], weights["id"] = both * malay, both * (1 - malay)


def _vietnamese_share(text: str) -> float:
    letters = Counter(unicodedata.normalize("NFC", text))
    marked = sum(n for character, n in letters.items() if "Ạ" <= character <= "ỹ" or character in "ơưƠƯ")
    return marked / max(1, sum(n for character, n in letters.items() if character.isalpha()))
