"""The learning rate over the wall clock: up, level, and down in the last part of the budget.

Time instead of steps, because nobody knows how many steps a shared machine will do; level instead of a cosine, because
the steps may come late (schedule after "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
Hägele et al. 2024).
"""

from training.settings import Settings


def rate(step: int, spent: float, settings: Settings) -> float:
    """Return the learning rate at a step (from 0) when this share of the budget (0 to 1) is spent."""
    left = min(1.0, max(0.0, 1.0 - spent) / settings.decay)
    rising = min(1.0, (step + 1) / settings.warmup)
    return settings.rate * rising * (left * (1.0 - settings.floor) + settings.floor)


def average_decay(step: int, settings: Settings) -> float:
    """Return the decay of the running average, smaller at first so that the start is soon forgotten."""
    return min(settings.average, (1 + step) / (10 + step))
