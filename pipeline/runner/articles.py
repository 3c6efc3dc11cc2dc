"""Take articles through their own stages (normalise … segment), each result cached under its key."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice, repeat
from multiprocessing import get_context
from typing import Any

from pipeline.clean import clean, clean_all
from pipeline.clean.repetition import SourceLines, drop_repeated, find_repeated, source_lines
from pipeline.config import Config
from pipeline.emit.quarantine import Quarantined
from pipeline.errors import PipelineError
from pipeline.identify import identify
from pipeline.normalise import normalise
from pipeline.records import Block, Cleaned, Hypothesis, Identified, Seed, Sentence
from pipeline.runner.bench import Bench
from pipeline.runner.codec import pack, unpack
from pipeline.runner.keys import ARTICLE_STAGES, Keyring
from pipeline.runner.progress import Progress
from pipeline.runner.scan import Place
from pipeline.runner.state import State
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

_NOTE = "note:"
_BATCH = 64  # articles committed together: what a kill can lose
_SHARE = 8  # articles that a worker process takes at once
_WORTH_A_POOL = 48  # fewer articles are done before a worker process has imported the stages


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

_NOTES: dict[str, Callable[[_Article], bytes]] = {
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
            article.new[_NOTE + stage] = _NOTES[stage](article)
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


def chain_of(place: Place, keys: Keyring) -> dict[str, str]:
    """Return the keys of an article's own results and of the notes on them (`note:clean`, `note:segment`)."""
    chain = keys.chain(place.key, place.repeated)
    return chain | {_NOTE + stage: f"{_NOTE}{chain[stage]}" for stage in _NOTES}


def process(
    places: Sequence[Place], until: str, bench: Bench, progress: Progress, *, jobs: int
) -> tuple[Quarantined, ...]:
    """Bring every article up to `clean` or `segment`, batch by batch; return those on which a stage failed."""
    marks = {place: chain_of(place, bench.keys)[_NOTE + until] for place in places}
    done = bench.state.results.have(marks.values())
    pending = [place for place in places if marks[place] not in done]
    progress.reused(len(places) - len(pending))
    failed: list[Quarantined] = []
    for outcomes in _map(pending, until, bench, jobs):
        _commit(outcomes, bench)
        failed += [_quarantine(outcome, bench.state) for outcome in outcomes if outcome.failure is not None]
        progress.computed(len(outcomes))
    return tuple(failed)


def read_notes(places: Sequence[Place], stage: str, bench: Bench) -> dict[str, bytes]:
    """Return the notes on the results of a stage, by article id."""
    keys = {place.article_id: chain_of(place, bench.keys)[_NOTE + stage] for place in places}
    notes = bench.state.results.get_many(keys.values())
    return {article_id: notes[key] for article_id, key in keys.items() if key in notes}


def mark_repeated(places: Sequence[Place], bench: Bench) -> tuple[Place, ...]:
    """Note on each place which lines of its article recur over the articles of its source; one source is held at once.

    Articles without a source, of which nothing can recur, are passed by.
    """
    sources: dict[str, list[Place]] = defaultdict(list)
    for start in range(0, len(places), _BATCH):
        batch = places[start : start + _BATCH]
        lines = _read_lines(batch, bench)
        for place in batch:
            if place.article_id in lines and (source := lines[place.article_id].source):
                sources[source].append(place)
    repeated: dict[str, tuple[str, ...]] = {}
    for members in sources.values():
        repeated |= find_repeated(_read_lines(members, bench), bench.config.clean)
    return tuple(replace(place, repeated=repeated.get(place.article_id, ())) for place in places)


def _read_lines(places: Sequence[Place], bench: Bench) -> dict[str, SourceLines]:
    return {article_id: unpack(SourceLines, note) for article_id, note in read_notes(places, "clean", bench).items()}


def _commit(outcomes: Sequence[Outcome], bench: Bench) -> None:
    rows: dict[str, bytes] = {}
    for outcome in outcomes:
        chain = chain_of(outcome.place, bench.keys)
        rows |= {chain[stage]: payload for stage, payload in outcome.payloads.items()}
    bench.state.results.put_many(rows)


def _quarantine(outcome: Outcome, state: State) -> Quarantined:
    seed: Seed = unpack(Seed, state.results.get_many([outcome.place.key])[outcome.place.key])
    return Quarantined(outcome.place.path, "failed", outcome.failure or "", seed.sha256, seed.n_bytes)


def _map(pending: Sequence[Place], until: str, bench: Bench, jobs: int) -> Iterator[list[Outcome]]:
    """Yield outcomes a batch at a time, from worker processes where there is enough work for them."""
    batches = _batches(pending, bench)
    if jobs <= 1 or len(pending) < _WORTH_A_POOL:
        for batch in batches:
            yield advance(batch, bench.config, until)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for batch in batches:
            try:
                shares = [batch[at : at + _SHARE] for at in range(0, len(batch), _SHARE)]
                done = pool.map(advance, shares, repeat(bench.config), repeat(until))
                outcomes = [outcome for share in done for outcome in share]
            except BrokenProcessPool as error:
                raise PipelineError(
                    f"a worker process died near {batch[0].place.path}, most likely for want of memory; what is done "
                    "is kept: run again with fewer --jobs"
                ) from error
            yield outcomes


def _batches(pending: Iterable[Place], bench: Bench) -> Iterator[list[Task]]:
    places = iter(pending)
    while batch := list(islice(places, _BATCH)):
        chains = {place.article_id: chain_of(place, bench.keys) for place in batch}
        payloads = bench.state.results.get_many(key for chain in chains.values() for key in chain.values())
        yield [
            Task(place, {stage: payloads[key] for stage, key in chains[place.article_id].items() if key in payloads})
            for place in batch
        ]


def default_jobs() -> int:
    """Return how many processes this machine can run at once."""
    return len(os.sched_getaffinity(0))
