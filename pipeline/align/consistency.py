"""Let the versions of a story check each other: a link that goes round through a third version is believed."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.align.links import REPORTS, TRANSLATIONS, Links
from pipeline.align.scorecard import sigmoid

Array = npt.NDArray[np.float64]
Pair = tuple[int, int]
Key = tuple[int, int]


class Belief(NamedTuple):
    """A logistic model of log-odds, support and dissent."""

    own: float
    support: float
    dissent: float
    intercept: float


# Estimated by benchmarks/align_consistency.py and benchmarks/align_reports.py. Between reports, support says nothing
# that the log-odds do not say: what one report leaves out, two others may well share.
BELIEFS = {TRANSLATIONS: Belief(0.8, 4.14, 5.82, -1.59), REPORTS: Belief(0.85, 0.0, 2.71, 0.7)}


def reconcile(links: Mapping[Key, Links]) -> dict[Key, dict[Pair, float]]:
    """Return the probabilities of all candidates of a story; `links` are by (lower, higher) number of the version.

    Support is the strongest way round through a third version, the product of its two links. Dissent is how surely
    both units have partners there, none of them the same. Translations ask only versions that are translations of
    both. The links of two versions alone stay as they are.
    """
    tables = {key: table(found) for key, found in links.items()}
    tables |= {(y, x): forth.T for (x, y), forth in tables.items()}
    exact = {key for key, found in links.items() if found.regime == TRANSLATIONS}
    exact |= {(y, x) for x, y in exact}
    numbers = sorted({number for key in links for number in key})
    final = {}
    for (x, z), found in links.items():
        asked = exact if found.regime == TRANSLATIONS else tables.keys()
        others = [y for y in numbers if y not in (x, z) and (x, y) in asked and (y, z) in asked]
        final[x, z] = _revised(found, [(tables[x, y], tables[y, z]) for y in others])
    return final


def _revised(found: Links, ways: list[tuple[Array, Array]]) -> dict[Pair, float]:
    """Return the probabilities of the candidates of two versions, given the ways from one to the other."""
    if not ways:
        return found.probabilities()
    support, dissent = evidence(ways)
    places = tuple(np.array(found.pairs, dtype=np.intp).reshape(-1, 2).T)
    belief = BELIEFS[found.regime]
    odds = belief.own * found.log_odds + belief.support * support[places]
    odds += belief.intercept - belief.dissent * dissent[places]
    return dict(zip(found.pairs, sigmoid(odds).tolist(), strict=True))


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
