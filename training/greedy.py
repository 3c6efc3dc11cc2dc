"""Translate with the torch model, greedily: only to check that an exported pack says the same."""

import torch
from torch import Tensor

from training.model import Caches, Model
from training.pieces import BEGIN, END


def greedy(model: Model, source: list[int], longest: int) -> list[int]:
    """Return the target piece ids of one source line, at most `longest` of them."""
    line = torch.tensor([[BEGIN, *source, END]])
    with torch.no_grad():
        encoded = model.encode(line, torch.tensor([line.shape[1]]))
        caches: list[Caches] = [({}, {}) for _ in model.dec]
        said: list[int] = []
        last = BEGIN
        while len(said) < longest:
            last = _next(model, last, encoded, caches, len(said))
            if last == END:
                break
            said.append(last)
    return said


def _next(model: Model, last: int, encoded: tuple[Tensor, Tensor], caches: list[Caches], at: int) -> int:
    hidden = model.decode(torch.tensor([[last]]), *encoded, caches, at)
    return int(model.logits(hidden[:, -1]).argmax())
