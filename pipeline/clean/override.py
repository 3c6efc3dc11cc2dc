"""Corrections for single sources, from the configuration."""

import re
from collections.abc import Sequence

from pipeline.clean.lexicon import Hit, Strength
from pipeline.config import Override


def override(
    lines: Sequence[tuple[str, ...]], hits: Sequence[Hit | None], overrides: Sequence[Override]
) -> list[Hit | None]:
    """Apply every override whose `when` some line of the page matches; of several, the last has its way.

    A line comes in one form or more, and matches where one of them does.
    """
    verdicts = list(hits)
    for number, rule in enumerate(overrides):
        if any(_matches(line, (rule.when,)) for line in lines):
            verdicts = [_judge(line, hit, rule, number) for line, hit in zip(lines, verdicts, strict=True)]
    return verdicts


def _judge(line: tuple[str, ...], hit: Hit | None, rule: Override, number: int) -> Hit | None:
    if _matches(line, rule.keep):
        return None
    if hit is None and _matches(line, rule.drop):
        return Hit("override", f"override.{number}", Strength.SURE)
    return hit


def _matches(line: tuple[str, ...], patterns: Sequence[str]) -> bool:
    return any(re.search(pattern, form) for pattern in patterns for form in line)
