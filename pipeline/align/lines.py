"""Versions of plain files, one unit a line, and the shapes in which their beads are printed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config import TranslateConfig
from pipeline.identify import detect
from pipeline.records import Bead, Kind, Passage, Version

English = Callable[[Sequence[tuple[str, str]]], Sequence[str]]


def version_of_lines(name: str, text: str, lang: str | None, english: English | None = None) -> Version:
    """Take each line that is not blank for a unit; block ids are 1-based line numbers. `lang` None: detected."""
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    lang = lang or detect(text).lang
    passages = tuple(Passage(number, Kind.PARAGRAPH, line, "", 1.0) for number, line in lines)
    version = Version(name, lang, "", "", passages)
    return with_english(version, english) if english else version


def with_english(version: Version, english: English) -> Version:
    """Return a version whose passages have their English."""
    pivots = english([(passage.text, version.lang) for passage in version.passages])
    passages = tuple(replace(passage, english=pivot) for passage, pivot in zip(version.passages, pivots, strict=True))
    return replace(version, passages=passages)


def translator(models: Path, config: TranslateConfig) -> English:
    """Return a function from (text, language) pairs to English, by the models that are installed."""
    from pipeline.store import ModelStore
    from pipeline.translate import DictMemory, Translator

    translating = Translator(ModelStore(models), config, DictMemory())
    return lambda items: [hypothesis.english for hypothesis in translating.translate(items)]


def ladder(beads: Sequence[Bead], a: Version, b: Version) -> list[str]:
    """Return every unit once, in the field's format: `[0, 1]:[0]:score`, 0-based lines, an empty side for a deletion.

    Beads that share a unit are written as they are. Rungs are ordered by their first line of `a`; deletions of `b`
    stand where their line falls.
    """
    rungs = [(list(bead.blocks_a), list(bead.blocks_b), bead.score) for bead in beads]
    seen_a = {unit for rung in rungs for unit in rung[0]}
    seen_b = {unit for rung in rungs for unit in rung[1]}
    rungs += [([p.block_id], [], 0.0) for p in a.passages if p.block_id not in seen_a]
    rungs += [([], [p.block_id], 0.0) for p in b.passages if p.block_id not in seen_b]
    rungs.sort(key=lambda rung: ((rung[0] or rung[1])[0], (rung[1] or rung[0])[0], rung[0], rung[1]))
    return [f"{[i - 1 for i in left]}:{[j - 1 for j in right]}:{score:.4f}" for left, right, score in rungs]
