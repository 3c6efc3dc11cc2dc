"""Choose among the languages of one script with py3langid's byte n-grams, corrected where they are known to fail."""

import copy
import math
import re
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

_NGRAM_WEIGHT = 1.5
_NGRAM_CLIP = 3.0
_INDONESIAN_LEAN = 0.25
"""How the n-grams join the words between Malay and Indonesian, and the head start of the language with more readers:
a coarse grid on the open evaluation set, flat around these values; see benchmarks/identify.md."""


_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile("[Ạ-ỹơưƠƯ]")
_VIETNAMESE_WORD = re.compile(r"[^\W\d_]*[Ạ-ỹơưƠƯ][^\W\d_]*")
_ENOUGH_WORDS = 3
_TINY = 1e-9
_LARGEST_ODDS = 50.0


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
    if "vi" in allowed and _vietnamese_share(text) >= _VIETNAMESE_SHARE:
        return "vi", 1.0
    text = _VIETNAMESE_WORD.sub("", text) or text  # names in a text of another language
    chances = dict(_identifier(allowed).rank(text))
    if "id" in chances and "ms" in chances:
        _split_malay(chances, text)
    common = common_languages()
    for lang in chances:
        chances[lang] *= (1.0 if lang in common else _RARE) * (_PRIOR if lang == prior else 1.0)
    best = min(chances, key=lambda lang: (-chances[lang], lang))
    return best, chances[best] / sum(chances.values())


def _split_malay(chances: dict[str, float], text: str) -> None:
    """Share out what Malay and Indonesian have together by words and n-grams."""
    both = chances["id"] + chances["ms"]
    ngrams = _NGRAM_WEIGHT * math.log((chances["ms"] + _TINY) / (chances["id"] + _TINY))
    odds = max(-_NGRAM_CLIP, min(_NGRAM_CLIP, ngrams)) + malay_odds(text) - _INDONESIAN_LEAN
    malay = 1 / (1 + math.exp(-max(-_LARGEST_ODDS, min(_LARGEST_ODDS, odds))))
    chances["ms"], chances["id"] = both * malay, both * (1 - malay)


def _vietnamese_share(text: str) -> float:
    """Return the share of letters with a mark of Vietnamese, names aside where enough is left."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    small = [word for word in words if not word[0].isupper()]
    letters = Counter("".join(small if len(small) >= _ENOUGH_WORDS else words))
    marked = sum(n for character, n in letters.items() if _VIETNAMESE.match(character))
    return marked / max(1, sum(n for character, n in letters.items() if character.isalpha()))
