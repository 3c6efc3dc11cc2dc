"""Keep a run on disk, so that it can be killed at any time: the live state to go on from, the averaged model to export.

RUN/
  state.pt      everything that training goes on from
  model.pt      the averaged weights, what `export` takes
  settings.json the settings and the shape, to read
  curve.tsv     step, minutes, pairs seen, loss, learning rate, target pieces a second
"""

import os
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from torch import Tensor

from training.model import Model
from training.pairs import TrainingError
from training.pieces import Vocabulary, parse
from training.settings import Shape

STATE, MODEL, CURVE = "state.pt", "model.pt", "curve.tsv"


@dataclass(slots=True)
class Progress:
    """How far a run is: updates, seconds of the budget, sentence pairs."""

    step: int = 0
    spent: float = 0.0
    seen: int = 0


def save_state(
    folder: Path, model: Model, optimiser: torch.optim.Optimizer, average: list[Tensor], progress: Progress
) -> None:
    """Write the live state; an interrupted write leaves the one before it."""
    _replace(
        folder / STATE,
        {
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "average": average,
            "progress": (progress.step, progress.spent, progress.seen),
        },
    )


def load_state(folder: Path, model: Model, optimiser: torch.optim.Optimizer, average: list[Tensor]) -> Progress | None:
    """Restore the live state into the arguments; None when the run has not begun.

    Raises TrainingError when it is the run of another model.
    """
    path = folder / STATE
    if not path.exists():
        return None
    state = _load(path)
    try:
        model.load_state_dict(state["model"])
    except RuntimeError as error:
        raise TrainingError(
            f"{folder} holds a run of another shape or vocabulary; give it the same layers and prepared folder, or "
            f"another --out ({str(error).splitlines()[0]})"
        ) from error
    optimiser.load_state_dict(state["optimiser"])
    for kept, saved in zip(average, state["average"], strict=True):
        kept.copy_(saved)
    return Progress(*state["progress"])


def save_model(folder: Path, model: Model, weights: list[Tensor], vocabulary: Vocabulary, progress: Progress) -> None:
    """Write a model with these weights in the place of its parameters'."""
    names = [name for name, _ in model.named_parameters()]
    state = {name: value.detach().cpu().half() for name, value in zip(names, weights, strict=True)}
    shape = model.shape.model_dump()
    _replace(
        folder / MODEL,
        {
            "shape": shape,
            "tokenizer": vocabulary.to_bytes(),
            "state": state,
            "step": progress.step,
            "seen": progress.seen,
        },
    )


@dataclass(frozen=True, slots=True)
class Trained:
    """A model read back, with its vocabulary and how long it was trained."""

    model: Model
    vocabulary: Vocabulary
    step: int
    seen: int


def load_model(folder: Path) -> Trained:
    """Read the averaged model of a run; raise TrainingError when there is none."""
    path = folder / MODEL
    if not path.exists():
        raise TrainingError(f"{folder} holds no {MODEL}; train first: python -m training train")
    saved = _load(path)
    model = Model(Shape.model_validate(saved["shape"]))
    model.load_state_dict({name: value.float() for name, value in saved["state"].items()})
    model.eval()
    return Trained(model, parse(saved["tokenizer"]), saved["step"], saved["seen"])


def _load(path: Path) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (RuntimeError, EOFError, OSError, KeyError, ValueError, UnpicklingError) as error:
        raise TrainingError(f"cannot read {path}: {error}; delete it to begin anew") from error
    return loaded


def _replace(path: Path, content: dict[str, Any]) -> None:
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        torch.save(content, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
