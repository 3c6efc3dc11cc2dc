"""Turn sentences into English: memory first, then one decoding of all that is new, whatever article it came from.

What the guards object to is decoded once more, otherwise, and the better of the two is kept; what must hold to the
letter and was lost both times is cut out of the sentence and put between the translated rest.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from pipeline.config import TranslateConfig
from pipeline.records import Hypothesis
from pipeline.store import ModelStore, Route
from pipeline.translate import guards, protect, quality
from pipeline.translate.attempt import Draft, Drafts, Job, Models, Way, attempt
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.memory import Memory, memory_key
from pipeline.translate.terms import load_terms
from pipeline.translate.tokens import load_tokenizer
from pipeline.translate.version import VERSION, libraries

Item = tuple[str, str]
BINDING = frozenset({"literal", "term", "keep"})
CARRIED = BINDING | {"name", "number"}
LOST = frozenset({"url_lost", "term_lost"})


class Translator:
    """Translate with the models of one store; models are loaded when the first sentence asks for them."""

    def __init__(self, store: ModelStore, config: TranslateConfig, memory: Memory) -> None:
        """Read the terms; raise ConfigError when the glossary is broken. No model is loaded yet."""
        self._store, self._config, self._memory = store, config, memory
        self._terms = load_terms(config.glossary, config.keep_terms)
        self._models: Models = {}
        self._way = Way(
            Decoding(config.beam_size, config.no_repeat_ngram_size, config.repetition_penalty, config.length_penalty),
            config.max_source_tokens,
        )

    def signature(self, lang: str) -> str:
        """Return all that decides how a language is translated, apart from the sentence, as one line of JSON."""
        return json.dumps([self._how(lang), self._terms.digest])

    def _how(self, lang: str) -> str:
        """Return what decides a translation apart from the sentence and the terms in it."""
        route = self._store.route(lang)
        made = {
            "version": VERSION,
            "libraries": libraries(),
            "model": [route.label, route.digest] if route else [],
            "max_pieces": self._way.max_pieces,
            "compute_type": self._config.compute_type,
            "retry": self._config.retry,
            **asdict(self._way.decoding),
        }
        return json.dumps(made, sort_keys=True)

    def translate(self, items: Sequence[Item]) -> list[Hypothesis]:
        """Return the English of each (source, language) pair; equal pairs are decoded once.

        Each answer depends on its own pair alone. A source in English, or without a word to translate, is its own
        English; a language without a model gives empty English and the flag `no_model`.
        """
        known: dict[Item, Hypothesis] = {}
        routes: dict[Item, Route] = {}
        jobs = {item: self._job(*item) for item in dict.fromkeys(items)}
        for item, job in jobs.items():
            copied = _as_it_is(job)
            route = None if copied else self._store.route(job.lang)
            if route:
                routes[item] = route
            else:
                known[item] = Hypothesis(job.source, 1.0) if copied else Hypothesis("", 0.0, ("no_model",))
        known |= self._remembered({item: jobs[item] for item in routes}, routes)
        return [known[item] for item in items]

    def _job(self, source: str, lang: str) -> Job:
        return Job(source, lang, () if _is_english(lang) else protect.spans(source, lang, self._terms))

    def _remembered(self, jobs: dict[Item, Job], routes: dict[Item, Route]) -> dict[Item, Hypothesis]:
        keys = {item: self._key(job) for item, job in jobs.items()}
        kept = self._memory.get_many(keys.values())
        fresh: dict[Item, Hypothesis] = {}
        for route in {its.packs: its for its in routes.values()}.values():  # languages that share a model share batches
            members = [item for item, its in routes.items() if its.packs == route.packs and keys[item] not in kept]
            fresh.update(zip(members, self._translate([jobs[item] for item in members], route), strict=True))
        self._memory.put_many({keys[item]: hypothesis for item, hypothesis in fresh.items()})
        return {item: kept[key] if key in kept else fresh[item] for item, key in keys.items()}

    def _key(self, job: Job) -> str:
        terms = tuple((job.source[s.start : s.end], s.english) for s in job.spans if s.kind in {"term", "keep"})
        return memory_key(self._how(job.lang), terms, job.lang, job.source)

    def _translate(self, jobs: list[Job], route: Route) -> list[Hypothesis]:
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


def _is_english(lang: str) -> bool:
    return lang.partition("-")[0] == "en"


def _as_it_is(job: Job) -> bool:
    """Tell whether a source is English already or holds nothing but names and what is carried over anyway."""
    if _is_english(job.lang):
        return True
    kept = {i for s in job.spans if s.kind in {"literal", "keep", "name"} for i in range(s.start, s.end)}
    return not any(character.isalpha() for i, character in enumerate(job.source) if i not in kept)


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
