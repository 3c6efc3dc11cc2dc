"""Who does the work of a run: processes of this machine here, a Ray cluster in `cluster.py`; the bytes are the same."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol, Self

from pipeline.encode import Encoder, VectorCache
from pipeline.errors import PipelineError
from pipeline.records import Version
from pipeline.runner.steps import Outcome, Task
from pipeline.translate import Decodes

SHARE = 8  # articles that a worker process takes at once
_WORTH_A_POOL = 48  # fewer articles are done before a worker process has imported the stages


Work = Callable[[Sequence[Task]], list[Outcome]]
"""Takes articles through stages; it is sent to other processes."""


class Rows(Protocol):
    """Results by key: the store, or what of it was sent along."""

    def get(self, key: str) -> bytes | None:
        """Return the result kept under a key."""

    def put(self, key: str, payload: bytes) -> None:
        """Keep a result."""

    def get_many(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """Return the results kept under keys."""

    def put_many(self, rows: Mapping[str, bytes], /) -> None:
        """Keep results."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What an errand works with."""

    encoder: Encoder
    vectors: VectorCache
    rows: Rows


class Errand(Protocol):
    """A piece of a corpus stage that rests on a few articles alone and may be done anywhere."""

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions whose passages and sentences it will ask vectors for."""

    def keys(self) -> Iterable[str]:
        """Return the keys of results that it will ask for."""

    def run(self, tools: Tools) -> Mapping[str, bytes]:
        """Do it; return the results by key."""


class Crew(Protocol):
    """Workers, at hand from `__enter__` to `__exit__`."""

    def __enter__(self) -> Self:
        """Make ready; raise PipelineError when the workers cannot be had."""

    def __exit__(self, *_: object) -> None:
        """Let go."""

    @property
    def width(self) -> int:
        """How many times the work of one process should be handed out at once."""

    @property
    def decoder(self) -> Decodes | None:
        """Who decodes sentences; None leaves it to this process."""

    def advance(self, batches: Iterable[Sequence[Task]], n_tasks: int, work: Work) -> Iterator[list[Outcome]]:
        """Yield what becomes of articles, in order; `n_tasks` are in all batches together."""

    def errands(self, errands: Iterable[Errand], tools: Tools) -> Iterator[Mapping[str, bytes]]:
        """Yield the results of errands, in order; what else they find out (vectors, pairs) goes into `tools`."""


class Local:
    """One machine: per-article stages in `jobs` processes, all else in the caller's, whose libraries use every core."""

    width = 1
    decoder = None

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind: processes end with the stage that needed them."""

    def advance(self, batches: Iterable[Sequence[Task]], n_tasks: int, work: Work) -> Iterator[list[Outcome]]:
        """Yield a batch at a time, from worker processes where there is enough work for them."""
        if self._jobs <= 1 or n_tasks < _WORTH_A_POOL:
            for batch in batches:
                yield work(batch)
            return
        with ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn")) as pool:
            for batch in batches:
                yield _work_in(pool, batch, work)

    def errands(self, errands: Iterable[Errand], tools: Tools) -> Iterator[Mapping[str, bytes]]:
        """Yield results one by one; each vector is kept as soon as it is made."""
        return (errand.run(tools) for errand in errands)


def _work_in(pool: ProcessPoolExecutor, batch: Sequence[Task], work: Work) -> list[Outcome]:
    try:
        done = pool.map(work, shares(batch))
        return [outcome for share in done for outcome in share]
    except BrokenProcessPool as error:
        raise PipelineError(
            f"a worker process died near {batch[0].place.path}, most likely for want of memory; what is done "
            "is kept: run again with fewer --jobs"
        ) from error


def shares(batch: Sequence[Task]) -> list[Sequence[Task]]:
    """Cut a batch into what a worker takes at once."""
    return [batch[at : at + SHARE] for at in range(0, len(batch), SHARE)]


def default_jobs() -> int:
    """Return how many processes this machine can run at once."""
    return len(os.sched_getaffinity(0))
