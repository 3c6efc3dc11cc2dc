"""Look for the English of sentences with one loaded model or a chain of them.

What the guards object to is decoded once more, otherwise, and the better of the two is kept; what must hold to the
letter and was lost both times is cut out of the sentence and put between the translated rest.
"""

from dataclasses import replace
from typing import Protocol

from pipeline.config import TranslateConfig
from pipeline.records import Hypothesis
from pipeline.store import Route
from pipeline.translate import guards, protect, quality
from pipeline.translate.attempt import Draft, Drafts, Job, Models, Way, attempt
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.tokens import load_tokenizer

BINDING = frozenset({"literal", "term", "keep"})
CARRIED = BINDING | {"name", "number"}
LOST = frozenset({"url_lost", "term_lost"})


class Decodes(Protocol):
    """Whoever finds the English of sentences, here or on another machine."""

    def decode(self, jobs: list[Job], route: Route) -> list[Hypothesis]:
        """Return the English of each job; each answer depends on its own job alone."""


class Decoder:
    """Decodes in this process; models are loaded when the first sentence asks for them, and kept."""

    def __init__(self, config: TranslateConfig) -> None:
        self._config, self._way = config, first_way(config)
        self._models: Models = {}

    def decode(self, jobs: list[Job], route: Route) -> list[Hypothesis]:
        """Decode; decode what is flagged otherwise; cut out what is still lost."""
        drafts = self._drafts(jobs, route, self._way)
        first = [_judged(job, own[0], route) for job, own in zip(jobs, drafts, strict=True)]
        found = self._retried(jobs, route, first, drafts) if self._config.retry else first
        if route.pivot:
            found = [replace(hypothesis, flags=(*hypothesis.flags, "pivot")) for hypothesis in found]
        return found

    def _retried(
        self, jobs: list[Job], route: Route, first: list[Hypothesis], drafts: list[Drafts]
    ) -> list[Hypothesis]:
        """Look for something better than what is flagged, first among what the model had to offer beside it."""
        found = [_best(job, own[1:], route, tried) for job, own, tried in zip(jobs, drafts, first, strict=True)]
        found = self._again(jobs, route, found)
        found = self._forced(jobs, route, found, frozenset({"lost"}))
        found = self._forced(jobs, route, found, BINDING | {"lost"})
        return [_noted(kept, "retried") if tried.flags else kept for tried, kept in zip(first, found, strict=True)]

    def _again(self, jobs: list[Job], route: Route, found: list[Hypothesis]) -> list[Hypothesis]:
        """Decode what is flagged otherwise, with placeholders for what was lost, and keep the better."""
        flagged = [i for i, hypothesis in enumerate(found) if hypothesis.flags]
        marked = [_marked(jobs[i], found[i].english) for i in flagged]
        drafts = self._drafts(marked, route, _otherwise(self._way))
        for i, own in zip(flagged, drafts, strict=True):
            found[i] = _best(jobs[i], own, route, found[i])
        return found

    def _forced(
        self, jobs: list[Job], route: Route, found: list[Hypothesis], cut_out: frozenset[str]
    ) -> list[Hypothesis]:
        """Cut the spans of these kinds out of what has lost some; what lies between is translated by itself."""
        lost = [i for i, hypothesis in enumerate(found) if LOST.intersection(hypothesis.flags)]
        marked = [_marked(jobs[i], found[i].english, BINDING) for i in lost]
        drafts = self._drafts(marked, route, replace(self._way, masked=BINDING, cut_out=cut_out))
        for i, own in zip(lost, drafts, strict=True):
            found[i] = _noted(_noted(_best(jobs[i], own, route), "retried"), "stitched")
        return found

    def _drafts(self, jobs: list[Job], route: Route, way: Way) -> list[Drafts]:
        if not jobs:
            return []
        self._load(route)
        return attempt(jobs, route.packs, way, self._models, self._config.batch_tokens)

    def _load(self, route: Route) -> None:
        for pack in route.packs:
            if pack.digest not in self._models:
                engine = Engine(pack, self._config.compute_type, self._config.threads)
                self._models[pack.digest] = engine, load_tokenizer(pack)


def first_way(config: TranslateConfig) -> Way:
    """Return how a sentence is tried at first."""
    return Way(
        Decoding(config.beam_size, config.no_repeat_ngram_size, config.repetition_penalty, config.length_penalty),
        config.max_source_tokens,
    )


def _judged(job: Job, draft: Draft, route: Route) -> Hypothesis:
    flags = guards.flags(guards.Case(job.source, draft.english, job.lang, job.spans, draft.cut, draft.lost))
    score = quality.estimate(draft.log_prob, draft.english, flags)
    return Hypothesis(draft.english, score, flags, route.label)


def _best(job: Job, drafts: Drafts, route: Route, best: Hypothesis | None = None) -> Hypothesis:
    """Return the best of the drafts and of what is known; only a draft that may be better is judged."""
    for draft in drafts:
        if not best or best.flags or quality.estimate(draft.log_prob, draft.english, ()) > best.score:
            judged = _judged(job, draft, route)
            best = min(best, judged, key=_badness) if best else judged
    return best or Hypothesis("", 0.0, ("empty",))


def _noted(hypothesis: Hypothesis, note: str) -> Hypothesis:
    return hypothesis if note in hypothesis.flags else replace(hypothesis, flags=(*hypothesis.flags, note))


def _marked(job: Job, english: str, kinds: frozenset[str] = CARRIED) -> Job:
    """Mark the spans of these kinds that the English lost."""
    spans = (
        replace(span, kind="lost") if span.kind in kinds and not protect.holds(span, english) else span
        for span in job.spans
    )
    return replace(job, spans=tuple(spans))


def _otherwise(way: Way) -> Way:
    """Return the second way: repeats made dear, shorter pieces, and what was lost carried over."""
    decoding = replace(
        way.decoding,
        no_repeat_ngram_size=2,
        repetition_penalty=way.decoding.repetition_penalty + 0.2,
    )
    return Way(decoding, max(8, way.max_pieces // 2), masked=frozenset({"literal", "lost"}))


def _badness(hypothesis: Hypothesis) -> tuple[bool, int, float]:
    return "empty" in hypothesis.flags, len(hypothesis.flags), -hypothesis.score
