"""The floors: below them CI fails. They rise by `--update` and never fall by it."""

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from pipeline.eval.score import Score

FLOORS = Path(str(files("pipeline.eval") / "floors.json"))
_MARGIN = 0.005  # what a library's next version may shift a score by without anybody having done harm


def read_floors(path: Path = FLOORS) -> dict[str, float]:
    """Return the floor of each score, by name."""
    floors: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return floors


def fallen(scores: Iterable[Score], floors: dict[str, float]) -> tuple[Score, ...]:
    """Return the scores that are below their floor."""
    return tuple(score for score in scores if score.value < floors.get(score.name, float("-inf")))


def raised(scores: Iterable[Score], floors: dict[str, float]) -> dict[str, float]:
    """Return the floors with those raised for which a score leaves room."""
    room = {score.name: round(score.value - _MARGIN * _scale(score), 4) for score in scores}
    return {name: max(floors.get(name, 0.0), room.get(name, 0.0)) for name in sorted(floors | room)}


def _scale(score: Score) -> float:
    """Return what a perfect score is: BLEU and chrF count to 100, everything else to 1."""
    return 100.0 if score.name.startswith("mt.") else 1.0


def write_floors(floors: dict[str, float], path: Path = FLOORS) -> None:
    """Write the floors, one a line."""
    path.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
