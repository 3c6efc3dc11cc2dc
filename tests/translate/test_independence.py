"""The law that an incremental run rests on: a sentence's English depends on nothing but itself."""

import csv
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import TranslateConfig
from pipeline.translate import DictMemory, Translator
from pipeline.translate.engine import WIDTH, batches, padded_length, with_longest

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


def fresh(store, **chosen):
    return Translator(store, TranslateConfig(**chosen), DictMemory())


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


@pytest.mark.parametrize(("pieces", "padded"), [(1, WIDTH), (WIDTH - 1, WIDTH), (WIDTH, WIDTH), (WIDTH + 1, 2 * WIDTH)])
def test_a_source_is_padded_to_a_length_of_its_own(pieces, padded):
    assert padded_length(pieces) == padded


@given(lengths=st.lists(st.integers(1, 300), max_size=60), batch_tokens=st.integers(64, 600))
@settings(deadline=None)
def test_batches_hold_sources_that_are_padded_alike(lengths, batch_tokens):
    sources = [["x"] * n for n in lengths]
    found = list(batches(sources, batch_tokens))
    assert sorted(i for _, batch in found for i in batch) == list(range(len(lengths)))
    assert all(padded_length(lengths[i]) == length for length, batch in found for i in batch)
    assert all(len(batch) * length <= batch_tokens or len(batch) == 1 for length, batch in found)
    assert [length for length, _ in found] == sorted((length for length, _ in found), reverse=True)


@given(lengths=st.lists(st.integers(1, 24), min_size=1, max_size=9))
@settings(deadline=None)
def test_every_batch_is_as_long_as_its_padding(lengths):
    batch = [["x"] * n for n in lengths]
    filled = with_longest(batch, 24)
    assert filled[: len(batch)] == batch
    assert max(map(len, filled)) == 24
    assert len(filled) == len(batch) + (24 not in lengths)
