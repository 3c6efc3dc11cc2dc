"""`pipeline eval`: quality on gold files, against the floors."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import ModelsOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.eval.score import Score
    from pipeline.eval.suite import GoldSet

BESIDE = Path("../shared/gold")
OWN = Path("tests/gold")


def evaluate(
    names: Annotated[
        list[str] | None, typer.Argument(help="debris, lid, groups, beads, mt.", show_default="all")
    ] = None,
    *,
    gold: Annotated[Path, typer.Option(help="Folder of gold files, kept beside the checkout.")] = BESIDE,
    models: ModelsOption = Path("models"),
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to what is measured.")] = False,
) -> None:
    """Score every stage on gold files and compare with the floors; exit with 1 when a score has fallen below its own.

    Our own small gold is scored too, where the checkout is the current folder.
    """
    from pipeline.errors import ConfigError
    from pipeline.eval.floors import fallen, raised, read_floors, unmeasured, write_floors
    from pipeline.eval.suite import choose, describe_errors
    from pipeline.eval.suite import evaluate as score

    suites = choose(names or [])
    floors = read_floors()
    below: list[str] = []
    n_scores = 0
    for gold_set in _gold_sets(gold):
        known = floors.setdefault(gold_set.name, {})
        scores = list(_shown(score(gold_set, suites, models), gold_set.name, known))
        n_scores += len(scores)
        for line in describe_errors(gold_set, suites):
            typer.echo(f"    {line}")
        below += [score.name for score in fallen(scores, known)]
        below += [f"{name} (not measured: gold files are missing)" for name in unmeasured(scores, known, suites)]
        floors[gold_set.name] = raised(scores, known)
    if not n_scores:
        raise ConfigError(f"no gold files for {', '.join(suites)} in {gold}; name their folder with --gold")
    if update and not below:
        write_floors(floors)
    if below:
        typer.echo(f"below the floor: {', '.join(below)}", err=True)
        raise typer.Exit(1)


def _gold_sets(gold: Path) -> "list[GoldSet]":
    """Return the gold sets that are there, and say which are not."""
    from pipeline.errors import ConfigError
    from pipeline.eval.suite import GoldSet

    sets = [GoldSet("gold", gold, gold.parent / "seeds"), GoldSet("own", OWN, Path("seeds"))]
    for absent in (gold_set for gold_set in sets if not gold_set.gold.is_dir()):
        typer.echo(f"no gold files in {absent.gold}: nothing is scored on them", err=True)
    found = [gold_set for gold_set in sets if gold_set.gold.is_dir()]
    if not found:
        raise ConfigError("there are no gold files to score; name their folder with --gold")
    return found


def _shown(scores: "Iterable[Score]", name: str, floors: dict[str, float]) -> "Iterable[Score]":
    """Print each score as it comes."""
    typer.echo(f"{name:<34}{'score':>9}{'floor':>9}{'items':>8}")
    for score in scores:
        floor = floors.get(score.name)
        mark = "  BELOW" if floor is not None and score.value < floor else ""
        typer.echo(
            f"  {score.name:<32}{score.value:>9.4f}{'' if floor is None else f'{floor:.4f}':>9}{score.n:>8}{mark}"
        )
        yield score
