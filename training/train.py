"""Train a model on a prepared folder within a budget of wall-clock time; call again to go on where it stopped."""

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch

from training.batches import Batch, batches, prefetch
from training.checkpoint import CURVE, Progress, load_state, save_model, save_state
from training.model import Model
from training.pairs import TrainingError
from training.prepare import Prepared
from training.schedule import average_decay, rate
from training.settings import Settings, Shape

LOG_STEPS = 10
FROM_ENCODER = ("enc.", "enc_", "emb.")
SEED_STRIDE = 100_003
"""A prime between the seeds of a run that is resumed, so that it does not see the same batches again."""


@dataclass(slots=True)
class Window:
    """What has been summed up since the last line of the log."""

    since: float
    loss: float = 0.0
    pieces: int = 0


class Trainer:
    """A run: the model, its optimiser and the running average of its weights."""

    def __init__(self, model: Model, prepared: Prepared, settings: Settings, folder: Path) -> None:
        """Set up the run and restore it when the folder holds one."""
        self.prepared, self.settings, self.folder = prepared, settings, folder
        self.device = settings.device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.half = has_bfloat16(self.device) if settings.half is None else settings.half
        if settings.threads:
            torch.set_num_threads(settings.threads)
        self.model = model.to(self.device)
        self.parameters = [value for _, value in model.named_parameters()]
        self.optimiser = _optimiser(model, settings)
        self.average = [value.detach().clone() for value in self.parameters]
        folder.mkdir(parents=True, exist_ok=True)
        groups = [{name: group[name] for name in ("share", "weight_decay")} for group in self.optimiser.param_groups]
        self.progress = load_state(folder, self.model, self.optimiser, self.average) or Progress()
        for group, own in zip(self.optimiser.param_groups, groups, strict=True):
            group.update(own)  # the settings of today, not those of the run so far

    def run(self, report: Callable[[str], None]) -> Progress:
        """Train until the budget is spent; write a checkpoint now and then and at the end.

        Raises TrainingError when the loss is no longer a number.
        """
        settings, budget = self.settings, self.settings.minutes * 60
        self.model.train()
        stream = prefetch(batches(self.prepared, settings.tokens, settings.seed + SEED_STRIDE * self.progress.step))
        begun, before = time.monotonic(), self.progress.spent
        window, saved = Window(begun), begun
        while self.progress.spent < budget and (not settings.max_steps or self.progress.step < settings.max_steps):
            batch = next(stream)
            window.loss += self._step(batch, self.progress.spent / budget)
            window.pieces += batch.n_wanted
            now = time.monotonic()
            self.progress = Progress(
                self.progress.step + 1, before + now - begun, self.progress.seen + len(batch.source)
            )
            if self.progress.step % LOG_STEPS == 0:
                self._log(window, now, budget, report)
                window = Window(now)
            if now - saved > settings.save_minutes * 60:
                self.save()
                saved = now
        self.save()
        return self.progress

    def save(self) -> None:
        """Write both checkpoints."""
        save_state(self.folder, self.model, self.optimiser, self.average, self.progress)
        save_model(self.folder, self.model, self.average, self.prepared.vocabulary, self.progress)

    def _step(self, batch: Batch, spent: float) -> float:
        """Update the weights once and return the summed loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.progress.step, spent, self.settings) * group["share"]
        grids = (batch.source, batch.source_lengths, batch.given, batch.wanted)
        with self._precision():
            loss = self.model(*(torch.from_numpy(grid).to(self.device) for grid in grids), self.settings.smoothing)
        (loss / batch.n_wanted).backward()
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.settings.clip)
        if bool(norm.isfinite()):  # otherwise the weights would be lost, and with the next checkpoint the run
            self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        decay = average_decay(self.progress.step, self.settings)
        with torch.no_grad():
            # one pass over all weights instead of hundreds
            torch._foreach_lerp_(self.average, self.parameters, 1 - decay)
        return float(loss.detach())

    def _precision(self) -> AbstractContextManager[None]:
        if not self.half:
            return nullcontext()
        context: AbstractContextManager[None] = torch.autocast(self.device, torch.bfloat16)
        return context

    def _log(self, window: Window, now: float, budget: float, report: Callable[[str], None]) -> None:
        loss = window.loss / window.pieces
        if not math.isfinite(loss):
            raise TrainingError(
                f"the loss is {loss} at step {self.progress.step}; the checkpoint is whole: go on from it with a lower "
                "`rate` in --settings"
            )
        progress, speed = self.progress, window.pieces / (now - window.since)
        now_rate = rate(progress.step, progress.spent / budget, self.settings)
        minutes = progress.spent / 60
        report(
            f"step {progress.step}, {minutes:.1f} of {budget / 60:.0f} minutes, {progress.seen} pairs: "
            f"loss {loss:.3f}, rate {now_rate:.1e}, {speed:.0f} pieces/s"
        )
        row = (progress.step, f"{minutes:.2f}", progress.seen, f"{loss:.4f}", f"{now_rate:.3e}", f"{speed:.0f}")
        with (self.folder / CURVE).open("a", encoding="utf-8") as curve:
            curve.write("\t".join(map(str, row)) + "\n")


def has_bfloat16(device: str) -> bool:
    """Tell whether a device computes in bfloat16 itself.

    Where a processor does not, torch imitates it: measured on one with AVX2 alone, twenty times slower than float32.
    """
    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    found = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))


def new_model(shape: Shape, settings: Settings) -> Model:
    """Return a model with random weights that the seed fixes."""
    torch.manual_seed(settings.seed)
    return Model(shape, settings.dropout)


def sized(shape: Shape, prepared: Prepared) -> Shape:
    """Return the shape with the sizes of a prepared vocabulary."""
    return shape.model_copy(update={"n_source": len(prepared.vocabulary.pieces), "n_target": prepared.n_target})


def _optimiser(model: Model, settings: Settings) -> torch.optim.Optimizer:
    """Return AdamW with four groups: the pretrained part learns slower, vectors do not decay."""
    named = list(model.named_parameters())
    groups = [
        {
            "params": [v for n, v in named if n.startswith(FROM_ENCODER) == encoder and (v.dim() > 1) == matrix],
            "weight_decay": settings.weight_decay if matrix else 0.0,
            "share": settings.encoder_rate if encoder else 1.0,
        }
        for encoder in (True, False)
        for matrix in (True, False)
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98), eps=1e-8, fused=True)
