"""Identify an article: its blocks vote with their letters, and short or unsure blocks follow the majority."""

from collections import Counter

from pipeline.config import IdentifyConfig
from pipeline.identify.detect import UNDETERMINED, Detection, detect
from pipeline.identify.languages import canonical_tag
from pipeline.identify.scripts import count_scripts
from pipeline.records import Block, Identified, LanguageVote


def identify(blocks: tuple[Block, ...], declared: str | None, config: IdentifyConfig) -> Identified:
    """Return the article's language, each block's own, and the votes of the kept blocks.

    The declared language only tips the scales. An article whose kept text has no letters is `und`.
    """
    prior = canonical_tag(declared)
    kept = [block for block in blocks if block.keep]
    lang, confidence = _majority(kept, prior, config)
    labelled = tuple(block._replace(lang=_block_language(block.text, lang, config)) for block in blocks)
    return Identified(lang, confidence, _votes(labelled), labelled)


def _majority(kept: list[Block], prior: str | None, config: IdentifyConfig) -> Detection:
    """Weigh each vote by its letters and its confidence, so that telling lines decide for neutral ones."""
    weights: Counter[str] = Counter()
    for block in kept:
        lang, confidence = detect(block.text, prior, config)
        weights[lang] += _letters(block.text) * confidence  # type: ignore[assignment]
    if not +weights:
        return Detection(UNDETERMINED, 0.0)
    best = min(weights, key=lambda lang: (-weights[lang], lang != prior, lang))
    return Detection(best, weights[best] / weights.total())


def _block_language(text: str, article: str, config: IdentifyConfig) -> str:
    letters = _letters(text)
    if letters and article == UNDETERMINED:
        return detect(text, None, config).lang
    if not letters or letters < config.short_block:
        return article
    lang, confidence = detect(text, article, config)
    return lang if confidence >= config.min_confidence else article


def _letters(text: str) -> int:
    return count_scripts(text).total()


def _votes(blocks: tuple[Block, ...]) -> tuple[LanguageVote, ...]:
    votes: Counter[str] = Counter()
    for block in blocks:
        if block.keep and block.lang is not None:
            votes[block.lang] += _letters(block.text)
    return tuple(LanguageVote(lang, n) for lang, n in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])) if n)
