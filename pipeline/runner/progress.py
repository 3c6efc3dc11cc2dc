"""Progress for people: bars on a terminal, plain lines otherwise."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from pipeline.emit.manifest import StageRun


class Progress:
    """How far one stage has come: results computed in this run, and results taken from the cache."""

    def __init__(self, advance: Callable[[int], None]) -> None:
        self.n_computed = 0
        self.n_reused = 0
        self._advance = advance

    def computed(self, n: int) -> None:
        """Count `n` more results as made in this run."""
        self.n_computed += n
        self._advance(n)

    def reused(self, n: int) -> None:
        """Count `n` more results as found in the cache."""
        self.n_reused += n
        self._advance(n)


class Reporter:
    """Shows the stages of a run on standard error and remembers what each did in `runs`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.runs: list[StageRun] = []
        self._console = Console(stderr=True, quiet=quiet, highlight=False)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Progress]:
        """Time a stage of `total` results (None where that is not known before) and show how far it is."""
        started = time.perf_counter()
        with self._shown(name, total) as progress:
            yield progress
        run = StageRun(name, progress.n_computed, progress.n_reused, time.perf_counter() - started)
        self.runs.append(run)
        if not self._console.is_terminal:
            self._console.print(f"{name:<10}{run.computed:>8} computed{run.reused:>8} reused{run.seconds:>9.1f} s")

    @contextmanager
    def _shown(self, name: str, total: int | None) -> Iterator[Progress]:
        if not self._console.is_terminal:
            yield Progress(lambda _: None)
            return
        columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bars(*columns, console=self._console) as bars:
            task = bars.add_task(name, total=total)
            yield Progress(lambda n: bars.advance(task, n))
