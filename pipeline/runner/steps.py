"""The stages that need nothing but the article (normalise … segment), over cached payloads; no files, no store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.clean import clean, clean_all
from pipeline.clean.repetition import SourceLines, drop_repeated, source_lines
from pipeline.config import Config
from pipeline.identify import identify
from pipeline.normalise import normalise
from pipeline.records import Block, Cleaned, Hypothesis, Identified, Seed, Sentence
from pipeline.runner.catalogue import Place
from pipeline.runner.codec import pack, unpack
from pipeline.runner.keys import ARTICLE_STAGES
from pipeline.segment import segment

RESULT_TYPES: dict[str, Any] = {
    "ingest": Seed,
    "normalise": tuple[Block, ...],
    "clean": Cleaned,
    "identify": Identified,
    "segment": tuple[Sentence, ...],
    "translate": tuple[Hypothesis, ...],
}
"""What each per-article stage leaves in the cache."""

NOTE = "note:"


@dataclass(frozen=True, slots=True)
class Task:
    """One article on its way: the cached payloads of the stages already done, by stage."""

    place: Place
    done: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: new payloads by stage, and the reason why a stage failed, if one did."""

    place: Place
    payloads: dict[str, bytes]
    failure: str | None = None


class _Article:
    """The results of one article so far, decoded when a stage asks for them; what is new, and why a stage failed."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.new: dict[str, bytes] = {}
        self.failure: str | None = None
        self._payloads = dict(task.done)
        self._records: dict[str, Any] = {}

    def get(self, stage: str) -> Any:  # noqa: ANN401 (RESULT_TYPES says what each stage gives)
        if stage not in self._records:
            self._records[stage] = unpack(RESULT_TYPES[stage], self._payloads[stage])
        return self._records[stage]

    def put(self, stage: str, result: Any) -> None:  # noqa: ANN401 (RESULT_TYPES says what each stage gives)
        self.new[stage] = self._payloads[stage] = pack(RESULT_TYPES[stage], result)


_STEPS: dict[str, Callable[[_Article, Place, Config], Any]] = {
    "normalise": lambda a, _, config: normalise(a.get("ingest"), config.normalise),
    "clean": lambda a, _, config: clean(a.get("normalise"), config.clean),
    "identify": lambda a, place, config: identify(
        drop_repeated(a.get("clean").blocks, place.repeated), a.get("ingest").declared.language, config.identify
    ),
    "segment": lambda a, _, config: segment(a.get("identify").blocks, a.get("identify").lang, config.segment),
}

NOTES: dict[str, Callable[[_Article], bytes]] = {
    "clean": lambda a: pack(SourceLines, source_lines(a.get("clean"), a.get("ingest").declared)),
    "segment": lambda a: " ".join(sorted({sentence.lang for sentence in a.get("segment")})).encode(),
}
"""What later steps want to know of a result without reading it: its lines by source, its sentences' languages."""


def advance(tasks: Sequence[Task], config: Config, until: str) -> list[Outcome]:
    """Run the stages that tasks still lack; a stage that fails ends its article, never the run."""
    articles = [_Article(task) for task in tasks]
    for stage in ARTICLE_STAGES[: ARTICLE_STAGES.index(until) + 1]:
        cleaned = _clean_together(articles, config) if stage == "clean" else {}
        for article in articles:
            if article.failure is None:
                _step(article, stage, config, cleaned, until)
    return [Outcome(article.task.place, article.new, article.failure) for article in articles]


def _step(article: _Article, stage: str, config: Config, ready: Mapping[str, Any], until: str) -> None:
    """Run one stage of one article, unless its result is known or `ready`."""
    task = article.task
    try:
        if stage not in task.done:
            known = task.place.article_id in ready
            result = ready[task.place.article_id] if known else _STEPS[stage](article, task.place, config)
            article.put(stage, result)
        if stage == until:
            article.new[NOTE + stage] = NOTES[stage](article)
    except Exception as error:  # noqa: BLE001 (bad input never stops a run)
        article.failure = f"{stage} failed: {type(error).__name__}: {error}"


def _clean_together(articles: Sequence[_Article], config: Config) -> dict[str, Cleaned]:
    """Clean articles in one go, which is several times faster; nothing when one of them cannot be cleaned."""
    waiting = [article for article in articles if article.failure is None and "clean" not in article.task.done]
    try:
        cleaned = clean_all((article.get("normalise") for article in waiting), config.clean)
        return {a.task.place.article_id: result for a, result in zip(waiting, cleaned, strict=True)}
    except Exception:  # noqa: BLE001 (each is then tried by itself, and the one that fails says so)
        return {}
