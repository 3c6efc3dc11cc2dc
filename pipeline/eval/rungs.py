"""Strict and lax scores of ladders, counted as the field's tool (vecalign's) counts them."""

import re
from collections.abc import Iterable, Sequence

from pipeline.eval.links import f1, ratio, touching

Rung = tuple[tuple[int, ...], tuple[int, ...]]


def read_rungs(text: str) -> list[Rung]:
    """Read `[0, 1]:[2]`, one rung a line; a third field is ignored."""
    rungs = []
    for line in text.splitlines():
        if line.strip():
            left, right, *_ = line.split(":")
            rungs.append((_numbers(left), _numbers(right)))
    return rungs


def rung_scores(gold: Sequence[Sequence[Rung]], found: Sequence[Sequence[Rung]]) -> tuple[float, float]:
    """Return strict and lax F1, pooled over texts.

    Precision counts every proposed rung, deletions too (these are right if the gold has them); recall only those with
    two sides. Lax: a rung is right if it shares a line on both sides with one rung of the other.
    """
    precise, recalled = _Tally(), _Tally()
    for wanted, made in zip(gold, found, strict=True):
        precise.add(wanted, made)
        recalled.add(_full(made), _full(wanted))
    return (
        f1(ratio(precise.strict, precise.total), ratio(recalled.strict, recalled.total)),
        f1(ratio(precise.lax, precise.total), ratio(recalled.lax, recalled.total)),
    )


class _Tally:
    def __init__(self) -> None:
        self.strict = self.lax = self.total = 0

    def add(self, reference: Iterable[Rung], judged: Iterable[Rung]) -> None:
        known, distinct = set(reference), {rung for rung in judged if rung[0] or rung[1]}
        same = distinct & known
        self.total += len(distinct)
        self.strict += len(same)
        self.lax += len(same) + touching(known, distinct - same)


def _full(rungs: Iterable[Rung]) -> list[Rung]:
    return [rung for rung in rungs if rung[0] and rung[1]]


def _numbers(side: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", side))
