"""Take articles through their own stages (normalise … segment), each result cached under its key."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Any

from pipeline.clean import clean
from pipeline.config import Config
from pipeline.emit.quarantine import Quarantined
from pipeline.identify import identify
from pipeline.normalise import normalise
from pipeline.records import Block, Cleaned, Hypothesis, Identified, Seed, Sentence
from pipeline.runner.bench import Bench
from pipeline.runner.codec import pack, unpack
from pipeline.runner.keys import ARTICLE_STAGES
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

_BATCH = 64  # articles committed together: what a kill can lose
_WORTH_A_POOL = 48  # fewer articles are done before a worker process has imported the stages


@dataclass(frozen=True, slots=True)
class Task:
    """One article on its way: the cached payloads of the stages already done, by stage."""

    place: Place
    done: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: new payloads by stage, or the reason why a stage failed."""

    place: Place
    payloads: dict[str, bytes]
    failure: str | None = None


class _Article:
    """The results of one article so far, decoded when a stage asks for them."""

    def __init__(self, done: dict[str, bytes]) -> None:
        self._payloads = dict(done)
        self._records: dict[str, Any] = {}

    def get(self, stage: str) -> Any:  # noqa: ANN401 (RESULT_TYPES says what each stage gives)
        if stage not in self._records:
            self._records[stage] = unpack(RESULT_TYPES[stage], self._payloads[stage])
        return self._records[stage]

    def put(self, stage: str, payload: bytes) -> None:
        self._payloads[stage] = payload


_STEPS: dict[str, Callable[[_Article, Config], Any]] = {
    "normalise": lambda a, config: normalise(a.get("ingest"), config.normalise),
    "clean": lambda a, config: clean(a.get("normalise"), config.clean),
    "identify": lambda a, config: identify(a.get("clean").blocks, a.get("ingest").declared.language, config.identify),
    "segment": lambda a, config: segment(a.get("identify").blocks, a.get("identify").lang, config.segment),
}


def advance(task: Task, config: Config) -> Outcome:
    """Run the stages that a task still lacks; a stage that fails ends this article, never the run."""
    article = _Article(task.done)
    new: dict[str, bytes] = {}
    for stage in ARTICLE_STAGES:
        if stage in task.done:
            continue
        try:
            new[stage] = pack(RESULT_TYPES[stage], _STEPS[stage](article, config))
        except Exception as error:  # noqa: BLE001 (bad input never stops a run)
            return Outcome(task.place, new, f"{stage} failed: {type(error).__name__}: {error}")
        article.put(stage, new[stage])
    return Outcome(task.place, new)


def languages_key(segment_key: str) -> str:
    """Return the key that remembers which languages an article's sentences are in."""
    return f"languages:{segment_key}"


def process(places: Sequence[Place], bench: Bench, progress: Progress, *, jobs: int) -> tuple[Quarantined, ...]:
    """Bring every article up to `segment`, batch by batch; return those on which a stage failed."""
    marks = {place: languages_key(bench.keys.chain(place.key)["segment"]) for place in places}
    done = bench.state.results.have(marks.values())
    pending = [place for place in places if marks[place] not in done]
    progress.reused(len(places) - len(pending))
    failed: list[Quarantined] = []
    for outcomes in _map(pending, bench, jobs):
        _commit(outcomes, bench)
        failed += [_quarantine(outcome, bench.state) for outcome in outcomes if outcome.failure is not None]
        progress.computed(len(outcomes))
    return tuple(failed)


def _commit(outcomes: Sequence[Outcome], bench: Bench) -> None:
    rows: dict[str, bytes] = {}
    for outcome in outcomes:
        chain = bench.keys.chain(outcome.place.key)
        rows |= {chain[stage]: payload for stage, payload in outcome.payloads.items()}
        if outcome.failure is None:
            rows[languages_key(chain["segment"])] = _languages(outcome, chain["segment"], bench.state)
    bench.state.results.put_many(rows)


def _languages(outcome: Outcome, segment_key: str, state: State) -> bytes:
    payload = outcome.payloads.get("segment") or state.results.get_many([segment_key])[segment_key]
    sentences: tuple[Sentence, ...] = unpack(RESULT_TYPES["segment"], payload)
    return " ".join(sorted({sentence.lang for sentence in sentences})).encode()


def _quarantine(outcome: Outcome, state: State) -> Quarantined:
    seed: Seed = unpack(Seed, state.results.get_many([outcome.place.key])[outcome.place.key])
    return Quarantined(outcome.place.path, "failed", outcome.failure or "", seed.sha256, seed.n_bytes)


def _map(pending: Sequence[Place], bench: Bench, jobs: int) -> Iterator[list[Outcome]]:
    """Yield outcomes a batch at a time, from worker processes where there is enough work for them."""
    batches = _batches(pending, bench)
    if jobs <= 1 or len(pending) < _WORTH_A_POOL:
        for batch in batches:
            yield [advance(task, bench.config) for task in batch]
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for batch in batches:
            yield list(pool.map(advance, batch, [bench.config] * len(batch), chunksize=4))


def _batches(pending: Iterable[Place], bench: Bench) -> Iterator[list[Task]]:
    places = iter(pending)
    while batch := list(islice(places, _BATCH)):
        chains = {place.article_id: bench.keys.chain(place.key) for place in batch}
        payloads = bench.state.results.get_many(key for chain in chains.values() for key in chain.values())
        yield [
            Task(place, {stage: payloads[key] for stage, key in chains[place.article_id].items() if key in payloads})
            for place in batch
        ]


def default_jobs() -> int:
    """Return how many processes this machine can run at once."""
    return len(os.sched_getaffinity(0))
