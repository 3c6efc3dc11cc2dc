"""Detect the language of one text: its script names the candidates, a specialist chooses among them."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.config import IdentifyConfig
from pipeline.identify.chinese import tell_variant
from pipeline.identify.languages import languages_of
from pipeline.identify.ngrams import choose
from pipeline.identify.scripts import dominant_script

UNDETERMINED = "und"

_DEFAULT = IdentifyConfig()

_NOT_LANGUAGE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|&[a-z]+;|[@#]\w+")
"""Addresses, handles and entities have letters but no language."""


class Detection(NamedTuple):
    """A BCP-47 language tag, `und` for a text without letters, and the confidence in [0, 1]."""

    lang: str
    confidence: float


def detect(text: str, prior: str | None = None, config: IdentifyConfig = _DEFAULT) -> Detection:
    """Return the language of a text; `prior` is the language that the context suggests.

    Reads no more than `config.sample` characters. Deterministic: the same text and prior give the same answer.
    """
    sample = _NOT_LANGUAGE.sub(" ", text[: config.sample])
    dominant = dominant_script(sample)
    if dominant is None:
        return Detection(UNDETERMINED, 0.0)
    script, share = dominant
    allowed = _allowed(script, config.languages)
    if not allowed:
        return Detection(UNDETERMINED, 0.0)
    if len(allowed) == 1:
        return Detection(allowed[0], share)
    lang, confidence = (tell_variant if script == "Han" else choose)(sample, prior, allowed)
    return Detection(lang, confidence * share)


@cache
def _allowed(script: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    chosen = {*languages}  # `zh` stands for both of its scripts
    return tuple(lang for lang in languages_of(script) if not languages or {lang, lang.partition("-")[0]} & chosen)
