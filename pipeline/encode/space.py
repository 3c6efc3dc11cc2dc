"""Centre vectors per language and weigh their dimensions by how little they differ between translations.

Raw e5 vectors carry their language: cosines of unrelated texts cluster around .8. Subtracting the language's mean takes
that away, and a within-class whitening (WCCN, Hatch, Kajarekar & Stolcke 2006) with sentence and translation as the
class quiets the dimensions in which translations differ. Both were estimated on parallel text that no evaluation set
contains (`benchmarks/align_space.py`).
"""

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.encode.base import Encoder, Matrix

ENOUGH = 4  # vectors whose mean is a better guess at a language's centre than nothing


class Space(NamedTuple):
    """The centres of an encoder's languages, and its whitening transform."""

    languages: tuple[str, ...]
    centres: Matrix
    transform: Matrix


@cache
def load_space(encoder_name: str) -> Space | None:
    """Return what was estimated for this encoder, or None."""
    source = files("pipeline.encode").joinpath("spaces", f"{encoder_name}.npz")
    if not source.is_file():
        return None
    with source.open("rb") as stream, np.load(stream) as data:
        languages = tuple(str(name) for name in data["languages"])
        return Space(languages, data["centres"].astype(np.float32), data["transform"].astype(np.float32))


def adapt(rows: Matrix, lang: str, encoder: Encoder) -> Matrix:
    """Return unit rows comparable across languages.

    An encoder without an estimated space has the mean of `rows` itself taken out when there are enough of them; one
    that reads English has no language to take out.
    """
    if encoder.reads_english or not len(rows):
        return rows
    space = load_space(encoder.name)
    if space is None:
        return (
            unit(np.subtract(rows, rows.mean(axis=0, keepdims=True), dtype=np.float32)) if len(rows) >= ENOUGH else rows
        )
    return unit((rows - _centre(space, lang)) @ space.transform)


def unit(rows: npt.NDArray[Any]) -> Matrix:
    """Scale each row to length one; a zero row stays."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), dtype=np.float32)


def _centre(space: Space, lang: str) -> Matrix:
    base = lang.split("-", maxsplit=1)[0]
    for name in (lang, base):
        if name in space.languages:
            return np.asarray(space.centres[space.languages.index(name)])
    return np.asarray(space.centres.mean(axis=0))
