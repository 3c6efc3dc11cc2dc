"""The law that an incremental run rests on: a sentence's English depends on nothing but itself."""

import csv
import random
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.config import TranslateConfig
from pipeline.translate import DictMemory, Translator
from pipeline.translate.engine import batches

CASES = Path(__file__).parent / "cases" / "survival.tsv"


def sentences() -> list[tuple[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    single = [(row["sentence"], row["lang"]) for row in rows]
    joined = [(f"{a} {b}", lang) for (a, lang), (b, other) in pairwise(single) if lang == other]
    return single[::2] + joined[::4]


@pytest.fixture(scope="module")
def together(shipped_store):
    items = sentences()
    return dict(zip(items, fresh(shipped_store).translate(items), strict=True))


def fresh(store, **settings):
    return Translator(store, TranslateConfig(**settings), DictMemory())


def test_alone_is_as_together(shipped_store, together):
    translator = fresh(shipped_store)
    for item in list(together)[::4]:
        assert translator.translate([item])[0] == together[item]


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_and_any_company(shipped_store, together, seed):
    chance = random.Random(seed)  # noqa: S311 - a reproducible shuffle
    items = chance.sample(list(together), len(together) * 2 // 3)
    translator = fresh(shipped_store, threads=seed, batch_tokens=chance.choice([64, 300, 4096]))
    while items:
        part = items[: chance.randint(1, 12)]
        del items[: len(part)]
        assert translator.translate(part) == [together[item] for item in part]


def test_batches_hold_sources_of_one_length():
    sources = [["x"] * n for n in (3, 1, 3, 2, 3, 1, 40)]
    found = list(batches(sources, 6))
    assert sorted(i for batch in found for i in batch) == list(range(7))
    assert all(len({len(sources[i]) for i in batch}) == 1 for batch in found)
    assert all(len(batch) * len(sources[batch[0]]) <= 6 or len(batch) == 1 for batch in found)
    assert [len(sources[batch[0]]) for batch in found] == [40, 3, 3, 2, 1]
