"""Corrections for single sources, from the configuration."""

import re
from collections.abc import Sequence

from pipeline.clean.lexicon import Hit, Strength
from pipeline.config import Override


def override(texts: Sequence[str], hits: Sequence[Hit | None], overrides: Sequence[Override]) -> list[Hit | None]:
    """Apply every override whose `when` some line of the page matches; of several, the last has its way."""
    verdicts = list(hits)
    for number, rule in enumerate(overrides):
        if any(re.search(rule.when, text) for text in texts):
            verdicts = [_judge(text, hit, rule, number) for text, hit in zip(texts, verdicts, strict=True)]
    return verdicts


def _judge(text: str, hit: Hit | None, rule: Override, number: int) -> Hit | None:
    if any(re.search(pattern, text) for pattern in rule.keep):
        return None
    if hit is None and any(re.search(pattern, text) for pattern in rule.drop):
        return Hit("override", f"override.{number}", Strength.SURE)
    return hit
