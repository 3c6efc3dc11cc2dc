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
from pipeline.translate.attempt import Draft, Job, Models, Way, attempt
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.memory import Memory, memory_key
from pipeline.translate.terms import load_terms
from pipeline.translate.tokens import load_tokenizer
from pipeline.translate.version import VERSION

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
        for item in dict.fromkeys(items):
            copied = self._as_it_is(*item)
            route = None if copied else self._store.route(item[1])
            if route:
                routes[item] = route
            else:
                known[item] = Hypothesis(item[0], 1.0) if copied else Hypothesis("", 0.0, ("no_model",))
        known |= self._remembered(routes)
        return [known[item] for item in items]

    def _remembered(self, routes: dict[Item, Route]) -> dict[Item, Hypothesis]:
        jobs = {item: Job(*item, protect.spans(*item, self._terms)) for item in routes}
        keys = {item: self._key(job) for item, job in jobs.items()}
        kept = self._memory.get_many(keys.values())
        fresh: dict[Item, Hypothesis] = {}
        for route in dict.fromkeys(routes.values()):
            members = [item for item, its in routes.items() if its == route and keys[item] not in kept]
            fresh.update(zip(members, self._translate([jobs[item] for item in members], route), strict=True))
        self._memory.put_many({keys[item]: hypothesis for item, hypothesis in fresh.items()})
        return {item: kept[key] if key in kept else fresh[item] for item, key in keys.items()}

    def _as_it_is(self, source: str, lang: str) -> bool:
        """Tell whether a source is English already or holds nothing but names and what is carried over anyway."""
        if lang.partition("-")[0] == "en":
            return True
        spans = protect.spans(source, lang, self._terms)
        kept = {i for s in spans if s.kind in {"literal", "keep", "name"} for i in range(s.start, s.end)}
        return not any(character.isalpha() for i, character in enumerate(source) if i not in kept)

    def _key(self, job: Job) -> str:
        terms = tuple((job.source[s.start : s.end], s.english) for s in job.spans if s.kind in {"term", "keep"})
        return memory_key(self._how(job.lang), terms, job.lang, job.source)

    def _translate(self, jobs: list[Job], route: Route) -> list[Hypothesis]:
        """Decode; decode what is flagged otherwise; cut out what is still lost."""
        found = self._try(jobs, route, self._way)
        if self._config.retry:
            found = self._again(jobs, route, found)
            found = self._forced(jobs, route, found, frozenset({"lost"}))
            found = self._forced(jobs, route, found, BINDING | {"lost"})
        if route.pivot:
            found = [replace(hypothesis, flags=(*hypothesis.flags, "pivot")) for hypothesis in found]
        return found

    def _again(self, jobs: list[Job], route: Route, found: list[Hypothesis]) -> list[Hypothesis]:
        """Decode what is flagged otherwise, with placeholders for what was lost, and keep the better."""
        flagged = [i for i, hypothesis in enumerate(found) if hypothesis.flags]
        marked = [_marked(jobs[i], found[i].english) for i in flagged]
        drafts = self._drafts(marked, route, _otherwise(self._way))
        for i, draft in zip(flagged, drafts, strict=True):
            better = min(found[i], _judged(jobs[i], draft, route), key=_badness)
            found[i] = replace(better, flags=(*better.flags, "retried"))
        return found

    def _forced(
        self, jobs: list[Job], route: Route, found: list[Hypothesis], cut_out: frozenset[str]
    ) -> list[Hypothesis]:
        """Cut the spans of these kinds out of what has lost some; what lies between is translated by itself."""
        lost = [i for i, hypothesis in enumerate(found) if LOST.intersection(hypothesis.flags)]
        marked = [_marked(jobs[i], found[i].english, BINDING) for i in lost]
        drafts = self._drafts(marked, route, replace(self._way, masked=BINDING, cut_out=cut_out))
        for i, draft in zip(lost, drafts, strict=True):
            forced = _judged(jobs[i], draft, route)
            found[i] = replace(forced, flags=(*forced.flags, "retried", "stitched"))
        return found

    def _try(self, jobs: list[Job], route: Route, way: Way) -> list[Hypothesis]:
        drafts = self._drafts(jobs, route, way)
        return [_judged(job, draft, route) for job, draft in zip(jobs, drafts, strict=True)]

    def _drafts(self, jobs: list[Job], route: Route, way: Way) -> list[Draft]:
        if not jobs:
            return []
        self._load(route)
        return attempt(jobs, route, way, self._models, self._config.batch_tokens)

    def _load(self, route: Route) -> None:
        for pack in route.packs:
            if pack.digest not in self._models:
                engine = Engine(pack, self._config.compute_type, self._config.threads)
                self._models[pack.digest] = engine, load_tokenizer(pack)


def _judged(job: Job, draft: Draft, route: Route) -> Hypothesis:
    flags = guards.flags(guards.Case(job.source, draft.english, job.lang, job.spans, draft.cut, draft.lost))
    score = quality.estimate(draft.log_prob, draft.english, flags)
    return Hypothesis(draft.english, score, flags, route.label)


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
