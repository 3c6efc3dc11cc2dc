"""Turn sentences into English: memory first, then one decoding of all that is new, whatever article it came from."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from pipeline.config import TranslateConfig
from pipeline.records import Hypothesis
from pipeline.store import ModelStore, Route
from pipeline.translate import protect
from pipeline.translate.attempt import Job
from pipeline.translate.decoder import Decoder, Decodes, first_way
from pipeline.translate.memory import Memory, memory_key
from pipeline.translate.names import bare
from pipeline.translate.protect import Span
from pipeline.translate.terms import load_terms
from pipeline.translate.version import VERSION, libraries

Item = tuple[str, str]
SAME = frozenset({"literal", "keep", "name"})


class Translator:
    """Translate with the models of one store; models are loaded when the first sentence asks for them."""

    def __init__(
        self, store: ModelStore, config: TranslateConfig, memory: Memory, decoder: Decodes | None = None
    ) -> None:
        """Read the terms; raise ConfigError when the glossary is broken. No model is loaded yet.

        Decoding is left to `decoder`; without one it is done in this process.
        """
        self._store, self._config, self._memory = store, config, memory
        self._terms = load_terms(config.glossary, config.keep_terms)
        self._decoder = decoder or Decoder(config)

    @property
    def terms(self) -> str:
        """Return a digest of the glossary and the names to keep."""
        return self._terms.digest

    def signature(self, lang: str) -> str:
        """Return all that decides how a language is translated, apart from the sentence, as one line of JSON."""
        return json.dumps([self._how(lang), self.terms])

    def _how(self, lang: str) -> str:
        """Return what decides a translation apart from the sentence and the terms in it."""
        route = self._store.route(lang)
        way = first_way(self._config)
        made = {
            "version": VERSION,
            "libraries": libraries(),
            "model": [route.label, route.digest] if route else [],
            "max_pieces": way.max_pieces,
            "compute_type": self._config.compute_type,
            "retry": self._config.retry,
            **asdict(way.decoding),
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
                known[item] = _copy(job) if copied else Hypothesis("", 0.0, ("no_model",))
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
            fresh.update(zip(members, self._decoder.decode([jobs[item] for item in members], route), strict=True))
        self._memory.put_many({keys[item]: hypothesis for item, hypothesis in fresh.items()})
        return {item: kept[key] if key in kept else fresh[item] for item, key in keys.items()}

    def _key(self, job: Job) -> str:
        terms = tuple((job.source[s.start : s.end], s.english) for s in job.spans if s.kind in {"term", "keep"})
        return memory_key(self._how(job.lang), terms, job.lang, job.source)


def _is_english(lang: str) -> bool:
    return lang.partition("-")[0] == "en"


def _copy(job: Job) -> Hypothesis:
    """Return a source as its own English, its numbers written the English way."""
    return Hypothesis(protect.restore_numbers(job.source, job.source, job.spans), 1.0)


def _looks_alike(source: str, span: Span) -> bool:
    """Tell whether English writes a span as the source does, marks on letters aside."""
    said = source[span.start : span.end]
    return span.english in {said, bare(said)}


def _as_it_is(job: Job) -> bool:
    """Tell whether a source is English already or holds nothing but names and what is carried over anyway."""
    if _is_english(job.lang):
        return True
    kept = {i for s in job.spans if s.kind in SAME and _looks_alike(job.source, s) for i in range(s.start, s.end)}
    return not any(character.isalpha() for i, character in enumerate(job.source) if i not in kept)
