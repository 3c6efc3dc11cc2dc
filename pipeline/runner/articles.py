"""Take articles through their own stages (normalise … segment), each result cached under its key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from pipeline.clean.repetition import SourceLines, find_repeated
from pipeline.emit.quarantine import Quarantined
from pipeline.records import Seed
from pipeline.runner.bench import Bench
from pipeline.runner.catalogue import Place
from pipeline.runner.codec import unpack
from pipeline.runner.keys import Keyring
from pipeline.runner.progress import Progress
from pipeline.runner.state import State
from pipeline.runner.steps import NOTE, NOTES, Outcome, Task, advance

_BATCH = 64  # articles read together and, in one process, committed together: what a kill can lose


def chain_of(place: Place, keys: Keyring) -> dict[str, str]:
    """Return the keys of an article's own results and of the notes on them (`note:clean`, `note:segment`)."""
    chain = keys.chain(place.key, place.repeated)
    return chain | {NOTE + stage: f"{NOTE}{chain[stage]}" for stage in NOTES}


def process(places: Sequence[Place], until: str, bench: Bench, progress: Progress) -> tuple[Quarantined, ...]:
    """Bring every article up to `clean` or `segment`, batch by batch; return those on which a stage failed."""
    marks = {place: chain_of(place, bench.keys)[NOTE + until] for place in places}
    done = bench.state.results.have(marks.values())
    pending = [place for place in places if marks[place] not in done]
    progress.reused(len(places) - len(pending))
    failed: list[Quarantined] = []
    work = partial(advance, config=bench.config, until=until)
    for outcomes in bench.crew.advance(_batches(pending, bench), len(pending), work):
        _commit(outcomes, bench)
        failed += [_quarantine(outcome, bench.state) for outcome in outcomes if outcome.failure is not None]
        progress.computed(len(outcomes))
    return tuple(failed)


def read_notes(places: Sequence[Place], stage: str, bench: Bench) -> dict[str, bytes]:
    """Return the notes on the results of a stage, by article id."""
    keys = {place.article_id: chain_of(place, bench.keys)[NOTE + stage] for place in places}
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


def _batches(pending: Iterable[Place], bench: Bench) -> Iterator[list[Task]]:
    places = iter(pending)
    while batch := list(islice(places, _BATCH * bench.crew.width)):
        chains = {place.article_id: chain_of(place, bench.keys) for place in batch}
        payloads = bench.state.results.get_many(key for chain in chains.values() for key in chain.values())
        yield [
            Task(place, {stage: payloads[key] for stage, key in chains[place.article_id].items() if key in payloads})
            for place in batch
        ]
