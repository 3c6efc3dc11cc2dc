"""Let the versions of a story check each other: a link that goes round through a third version is believed."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from pipeline.align.links import TRANSLATIONS, Links
from pipeline.align.scorecard import sigmoid

Array = npt.NDArray[np.float64]
Pair = tuple[int, int]
Key = tuple[int, int]

# Weights of a logistic model of log-odds, support and dissent (benchmarks/align_consistency.py).
OWN, SUPPORT, DISSENT, INTERCEPT = 0.8, 4.14, 5.82, -1.59


def reconcile(links: Mapping[Key, Links]) -> dict[Key, dict[Pair, float]]:
    """Return the probabilities of all candidates of a story; `links` are by (lower, higher) number of the version.

    Support is the strongest way round through a third version, the product of its two links. Dissent is how surely
    both units have partners there, none of them the same. Only translations check each other: reports may each leave
    out what the others say, and their links stay as they are, as do those of two versions alone.
    """
    tables = {key: table(found) for key, found in links.items() if found.regime == TRANSLATIONS}
    tables |= {(y, x): forth.T for (x, y), forth in tables.items()}
    numbers = sorted({number for key in links for number in key})
    final = {}
    for (x, z), found in links.items():
        others = [y for y in numbers if y not in (x, z) and (x, y) in tables and (y, z) in tables]
        others = others if found.regime == TRANSLATIONS else []
        if not others:
            final[x, z] = found.probabilities()
            continue
        support, dissent = evidence([(tables[x, y], tables[y, z]) for y in others])
        places = tuple(np.array(found.pairs, dtype=np.intp).reshape(-1, 2).T)
        odds = OWN * found.log_odds + SUPPORT * support[places] - DISSENT * dissent[places] + INTERCEPT
        final[x, z] = dict(zip(found.pairs, sigmoid(odds).tolist(), strict=True))
    return final


def evidence(ways: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Return support and dissent of every pair of units, from the tables to and from each third version."""
    supports, dissents = [], []
    for there, back in ways:
        support = np.zeros((there.shape[0], back.shape[1]))
        for column, row in zip(there.T, back, strict=True):
            np.maximum(support, np.outer(column, row), out=support)
        settled = np.outer(there.max(axis=1), back.max(axis=0))
        supports.append(support)
        dissents.append(np.maximum(0.0, settled - support))
    return np.max(supports, axis=0), np.mean(dissents, axis=0)


def table(links: Links) -> Array:
    """Return the probability of every pair of units, 0 for those that are no candidates."""
    table = np.zeros((len(links.a.texts), len(links.b.texts)))
    if links.pairs:
        table[tuple(np.array(links.pairs).T)] = sigmoid(links.log_odds)
    return table
