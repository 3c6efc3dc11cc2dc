"""The floors: below them CI fails. They rise by `--update` and never fall by it."""

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from pipeline.eval.score import Score

FLOORS = Path(str(files("pipeline.eval") / "floors.json"))
_ROOM = 0.005  # what the next version of a library may shift a score by without anybody having done harm

Floors = dict[str, dict[str, float]]
"""The floor of each score by name, for each gold set by name."""


def read_floors(path: Path = FLOORS) -> Floors:
    """Return the floors."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def fallen(scores: Iterable[Score], floors: dict[str, float]) -> tuple[Score, ...]:
    """Return the scores that are below their floor."""
    return tuple(score for score in scores if score.value < floors.get(score.name, float("-inf")))


def unmeasured(scores: Iterable[Score], floors: dict[str, float], suites: Iterable[str]) -> tuple[str, ...]:
    """Return the names that have a floor in these suites and no score: missing gold must not look like a pass."""
    measured = {score.name for score in scores}
    chosen = tuple(f"{suite}." for suite in suites)
    return tuple(name for name in sorted(floors) if name.startswith(chosen) and name not in measured)


def raised(scores: Iterable[Score], floors: dict[str, float]) -> dict[str, float]:
    """Return the floors, each raised to what was measured but for a little room; none is lowered."""
    measured = {score.name: round(score.value - _ROOM * _whole(score), 4) for score in scores}
    return {name: max(floors.get(name, 0.0), measured.get(name, 0.0)) for name in sorted(floors | measured)}


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors, one a line."""
    path.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def _whole(score: Score) -> float:
    """Return what a perfect score is: BLEU and chrF count to 100, everything else to 1."""
    return 100.0 if score.name.startswith("mt.") else 1.0
