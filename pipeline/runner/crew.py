"""Who does the work of a run: processes of this machine here, a Ray cluster in `cluster.py`; the bytes are the same."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol, Self, TypeVar

from pipeline.encode import Encoder, VectorCache
from pipeline.errors import PipelineError
from pipeline.records import Version
from pipeline.runner.steps import Outcome, Task
from pipeline.translate import Decodes

SHARE = 8  # articles that a worker process takes at once
AHEAD = 3  # pieces of work handed out per processor before the first of them is waited for
_WORTH_A_POOL = 48  # fewer articles are done before a worker process has imported the stages

_Item = TypeVar("_Item")
_Sent = TypeVar("_Sent")
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
        """Yield a batch at a time; from worker processes, where there is enough work for them, a share."""
        if self._jobs <= 1 or n_tasks < _WORTH_A_POOL:
            for batch in batches:
                yield work(batch)
            return
        with ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn")) as pool:
            every = (share for batch in batches for share in shares(batch))
            sent = ahead(every, lambda share: (share, pool.submit(work, share)), AHEAD * self._jobs)
            near = "the first article"
            try:
                for share, future in sent:
                    near = share[0].place.path
                    yield future.result()
            except BrokenProcessPool as error:
                raise PipelineError(
                    f"a worker process died near {near}, most likely for want of memory; what is done is kept: "
                    "run again with fewer --jobs"
                ) from error

    def errands(self, errands: Iterable[Errand], tools: Tools) -> Iterator[Mapping[str, bytes]]:
        """Yield results one by one; each vector is kept as soon as it is made."""
        return (errand.run(tools) for errand in errands)


def ahead(items: Iterable[_Item], send: Callable[[_Item], _Sent], most: int) -> Iterator[_Sent]:
    """Send items off and yield what each is known by from then on, in their order; `most` are under way at once."""
    waiting: deque[_Sent] = deque()
    for item in items:
        waiting.append(send(item))
        if len(waiting) >= most:
            yield waiting.popleft()
    yield from waiting


def shares(batch: Sequence[Task]) -> list[Sequence[Task]]:
    """Cut a batch into what a worker takes at once."""
    return [batch[at : at + SHARE] for at in range(0, len(batch), SHARE)]


def default_jobs() -> int:
    """Return how many processes this machine can run at once."""
    return len(os.sched_getaffinity(0))
