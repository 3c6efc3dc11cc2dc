"""All evaluations, over the gold sets that are there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.eval.score import Score


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A folder of gold files, the seeds that some of them describe, and its name among the floors."""

    name: str
    gold: Path
    seeds: Path


@dataclass(frozen=True, slots=True)
class Suite:
    """The evaluation of one stage: what it needs of a gold set (any of these paths), and how it is called.

    `errors` says in lines for people what is taken for what.
    """

    needs: tuple[str, ...]
    run: Callable[[GoldSet, Path], list[Score]]
    errors: Callable[[GoldSet], list[str]] | None = None


def _debris(gold: GoldSet, _: Path) -> list[Score]:
    from pipeline.eval.debris import evaluate

    return evaluate(gold.gold, gold.seeds)


def _lid(gold: GoldSet, _: Path) -> list[Score]:
    from pipeline.eval.lid import evaluate

    return evaluate(gold.gold, gold.seeds)


def _confusions(gold: GoldSet) -> list[str]:
    from pipeline.eval.lid import confusion, judge_texts

    cells = confusion(judge_texts(gold.gold / "lid" / "dev.jsonl"))
    return [f"{n} × {said} for {true}" for true, said, n in cells if said != true]


def _groups(gold: GoldSet, models: Path) -> list[Score]:
    from pipeline.eval.groups import evaluate

    return evaluate(gold.gold, gold.seeds, models)


def _beads(gold: GoldSet, models: Path) -> list[Score]:
    from pipeline.eval.beads import evaluate

    return evaluate(gold.gold, gold.seeds, models)


def _mt(gold: GoldSet, models: Path) -> list[Score]:
    from pipeline.eval.mt import evaluate

    return evaluate(gold.gold, models)


SUITES = {
    "debris": Suite(("debris_seeds", "debris_web", "align_multi"), _debris),
    "lid": Suite(("lid",), _lid, _confusions),
    "groups": Suite(("grouping",), _groups),
    "beads": Suite(("align_multi", "align_seeds", "align_reports", "align_sentences"), _beads),
    "mt": Suite(("mt",), _mt),
}


def choose(names: Iterable[str]) -> dict[str, Suite]:
    """Return the suites of these names, all of them for none.

    Raises ConfigError for a name that is no suite.
    """
    wanted = list(names) or list(SUITES)
    if unknown := [name for name in wanted if name not in SUITES]:
        raise ConfigError(f"no evaluation is called {', '.join(unknown)}; there are {', '.join(SUITES)}")
    return {name: SUITES[name] for name in wanted}


def evaluate(gold: GoldSet, suites: dict[str, Suite], models: Path) -> Iterator[Score]:
    """Yield the scores of a gold set, suite by suite; a suite whose files the set lacks gives none."""
    for suite in suites.values():
        if _has(gold, suite):
            yield from suite.run(gold, models)


def describe_errors(gold: GoldSet, suites: dict[str, Suite]) -> Iterator[str]:
    """Yield what the suites confuse on a gold set, a line each: the cells off the diagonal of the confusion matrix."""
    for suite in suites.values():
        if suite.errors and _has(gold, suite):
            yield from suite.errors(gold)


def _has(gold: GoldSet, suite: Suite) -> bool:
    return any((gold.gold / need).exists() for need in suite.needs)
