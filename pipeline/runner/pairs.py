"""What alignment finds between two versions, remembered: a story that gains a version aligns only that one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from pipeline.align.features import FEATURES
from pipeline.align.links import Links
from pipeline.align.side import Side
from pipeline.align.story import Found
from pipeline.encode import Encoder
from pipeline.records import Bead
from pipeline.runner.codec import pack, unpack
from pipeline.runner.crew import Rows
from pipeline.runner.keys import Keyring


@dataclass(frozen=True, slots=True)
class _Kept:
    """Beads of two sequences, or links without their sides; numbers as the hexadecimal digits of their doubles."""

    beads: tuple[Bead, ...] = ()
    regime: str | None = None
    pairs: tuple[tuple[int, int], ...] = ()
    measures: str = ""
    log_odds: str = ""


class StoredPairs:
    """Remembers what was found between two articles; `keys` name their pairs, lower id first."""

    def __init__(self, keys: Mapping[tuple[str, str], str], rows: Rows) -> None:
        self._keys, self._rows = keys, rows

    def __call__(self, a: Side, b: Side, find: Callable[[], Found]) -> Found:
        """Return what is known of two versions, or find it."""
        key = self._keys[a.version.article_id, b.version.article_id]
        payload = self._rows.get(key)
        if payload is not None:
            return _restore(unpack(_Kept, payload), a, b)
        found = find()
        self._rows.put(key, pack(_Kept, _keep(found)))
        return found


def pair_keys(
    members: Iterable[str], own: Mapping[str, str], keys: Keyring, encoder: Encoder
) -> dict[tuple[str, str], str]:
    """Return the key of each pair of a story's members, given the keys of the articles."""
    pairs = combinations(sorted(members), 2)
    return {(a, b): keys.key("align", "pair", own[a], own[b], encoder.name) for a, b in pairs}


def _keep(found: Found) -> _Kept:
    if not isinstance(found, Links):
        return _Kept(beads=found)
    measures, log_odds = (numbers.astype(np.float64).tobytes().hex() for numbers in (found.measures, found.log_odds))
    return _Kept((), found.regime, tuple(found.pairs), measures, log_odds)


def _restore(kept: _Kept, a: Side, b: Side) -> Found:
    if kept.regime is None:
        return kept.beads
    measures, log_odds = (np.frombuffer(bytes.fromhex(digits)) for digits in (kept.measures, kept.log_odds))
    return Links(a, b, kept.regime, list(kept.pairs), measures.reshape(-1, len(FEATURES)), log_odds)
