"""What two units share in the pivot language: runs of letters of their English, the rarer the heavier."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

RUN = 4  # letters, spaces among them: through inflection and poor translation more of these survive than words

_GAP = re.compile(r"[\W_]+")

Array = npt.NDArray[np.float64]


def overlap(a: Sequence[str], b: Sequence[str]) -> Array:
    """Return the tf-idf cosine of every pair of units, shape (len(a), len(b)); NaN where one has no English.

    Documents are the units of both versions (Spärck Jones 1972), terms the runs of RUN letters that a text holds, as
    in chrF (Popović 2015).
    """
    counts_a, counts_b = ([_count(text) for text in side] for side in (a, b))
    spread = Counter(run for counts in (*counts_a, *counts_b) for run in counts)
    rarity = {run: math.log((len(a) + len(b) + 1) / n) for run, n in spread.items()}
    columns = {run: column for column, run in enumerate(sorted(_runs(counts_a) & _runs(counts_b)))}
    cosine = np.asarray(_rows(counts_a, rarity, columns) @ _rows(counts_b, rarity, columns).T, dtype=np.float64)
    cosine[[not text for text in a], :] = np.nan
    cosine[:, [not text for text in b]] = np.nan
    return cosine


def _count(text: str) -> Counter[str]:
    padded = f" {_GAP.sub(' ', text.casefold()).strip()} "
    return Counter(padded[start : start + RUN] for start in range(len(padded) - RUN + 1))


def _runs(counts: Iterable[Counter[str]]) -> set[str]:
    return {run for own in counts for run in own}


def _rows(counts: Sequence[Counter[str]], rarity: dict[str, float], columns: dict[str, int]) -> npt.NDArray[np.float32]:
    """Return a row of unit length for each unit, without the columns that one side alone would fill."""
    rows = np.zeros((len(counts), len(columns)), dtype=np.float32)
    for row, own in zip(rows, counts, strict=True):
        weights = {run: (1 + math.log(n)) * rarity[run] for run, n in own.items()}
        norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        for run, weight in weights.items():
            if run in columns:
                row[columns[run]] = weight / norm
    return rows
