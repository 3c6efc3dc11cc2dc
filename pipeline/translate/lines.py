"""Translate texts line by line: as many lines out as in, each with the English of all its sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.config import Config
from pipeline.identify import detect
from pipeline.records import Hypothesis
from pipeline.segment import split
from pipeline.store import missing_model
from pipeline.translate.translator import Translator


@dataclass(frozen=True, slots=True)
class Line:
    """One line and its English; an empty line has empty English and nothing against it."""

    source: str
    lang: str
    hypothesis: Hypothesis


def translate_lines(text: str, lang: str | None, translator: Translator, config: Config) -> list[Line]:
    """Return the English of each line of `text`; without `lang` the text's language is the lines' prior."""
    lines = text.removesuffix("\n").split("\n") if text else []
    prior = lang or detect(text, config=config.identify).lang
    languages = [lang or _language(line, prior, config) for line in lines]
    sentences = [
        split(line, language, config.segment) if line.strip() else ()
        for line, language in zip(lines, languages, strict=True)
    ]
    items = [(s, language) for each, language in zip(sentences, languages, strict=True) for s in each]
    found = iter(translator.translate(items))
    return [
        Line(line, language, combine([next(found) for _ in each]))
        for line, language, each in zip(lines, languages, sentences, strict=True)
    ]


def combine(hypotheses: list[Hypothesis]) -> Hypothesis:
    """Return the hypothesis of a line from those of its sentences: the score is their mean, weighted by length."""
    if not hypotheses:
        return Hypothesis("", 1.0)
    weights = [max(1, len(hypothesis.english)) for hypothesis in hypotheses]
    total = sum(weight * hypothesis.score for weight, hypothesis in zip(weights, hypotheses, strict=True))
    flags = dict.fromkeys(flag for hypothesis in hypotheses for flag in hypothesis.flags)
    models = dict.fromkeys(hypothesis.model for hypothesis in hypotheses if hypothesis.model)
    english = " ".join(" ".join(hypothesis.english.split()) for hypothesis in hypotheses if hypothesis.english)
    return Hypothesis(english, round(total / sum(weights), 4), tuple(flags), ", ".join(models))


def hints(lines: list[Line]) -> Iterator[str]:
    """Yield what to do about each language that no model speaks, once."""
    missing = dict.fromkeys(line.lang for line in lines if "no_model" in line.hypothesis.flags)
    yield from (missing_model(lang) for lang in missing)


def _language(line: str, prior: str, config: Config) -> str:
    """Return the line's own language where it is beyond doubt, else that of the text."""
    found = detect(line, prior, config.identify)
    return found.lang if found.confidence >= config.identify.min_confidence and len(line) > 20 else prior  # noqa: PLR2004
