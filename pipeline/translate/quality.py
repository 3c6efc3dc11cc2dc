"""Estimate how good a translation is, in [0, 1], from what the model and the guards say about it.

The estimate predicts the sentence's chrF (divided by 100) by a linear model of a few features. Its coefficients lie in
`data/quality.toml` with the command that fitted them and its correlation on sentences it has not seen.
"""

import math
import tomllib
from functools import cache
from importlib.resources import files

FEATURES = ("intercept", "log_prob", "probability", "length", "flags")
FATAL = frozenset({"empty", "no_model"})


def features(log_prob: float, english: str, flags: tuple[str, ...]) -> tuple[float, ...]:
    """Return the values that `FEATURES` names: `log_prob` is the mean over the pieces, the length counts words."""
    words = len(english.split())
    return 1.0, log_prob, math.exp(log_prob), math.log1p(words), float(min(len(flags), 3))


def estimate(log_prob: float, english: str, flags: tuple[str, ...]) -> float:
    """Return the expected chrF of a translation, divided by 100; four decimals, 0 for what is empty."""
    if FATAL.intersection(flags):
        return 0.0
    weights = _weights()
    total = sum(weights[name] * value for name, value in zip(FEATURES, features(log_prob, english, flags), strict=True))
    return round(min(1.0, max(0.0, total)), 4)


@cache
def _weights() -> dict[str, float]:
    text = files("pipeline.translate").joinpath("data/quality.toml").read_text(encoding="utf-8")
    weights: dict[str, float] = tomllib.loads(text)["weights"]
    return weights
