"""The laws of the splits, on corpora made of a few sentences told again and again, with and without small changes."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import EmitConfig
from pipeline.emit import parquet, spool
from pipeline.emit.candidates import Candidates
from pipeline.emit.copies import overlap, shingles
from pipeline.emit.corpus import split_corpus
from pipeline.emit.dropped import Dropped
from pipeline.emit.filters import accepted
from pipeline.emit.pairs import Pair
from pipeline.emit.schema import CORPUS, DROPPED
from pipeline.emit.splits import SPLITS, deal
from pipeline.emit.text import fold

CONFIG = EmitConfig(test_percent=30, validation_percent=30)
ANYTHING = EmitConfig(min_score_mt=0, min_score_mined=0, min_length=1, max_length_ratio=1_000)
SOURCES = (
    "Empat puluh perahu berlabuh pada pagi pertama.",
    "Wali kota berjanji membangun pasar ikan tahun depan.",
    "退休邮差每周骑车送书上山给孩子们。",
    "Bến cảng cũ mở cửa trở lại cho ngư dân.",
)
ENDINGS = ("", "!", " kata dia", " kata wali kota lama itu kepada para wartawan")

pairs = st.builds(
    lambda source, ending, target, score, story, block, kind: Pair(
        kind,
        "id",
        "vi" if kind == "mined" else "en",
        source + ending,
        target,
        score,
        (),
        story,
        (f"{story}-a",),
        ((block,),),
    ),
    st.sampled_from(SOURCES),
    st.sampled_from(ENDINGS),
    st.sampled_from(
        ["Forty boats came.", "forty boats came", "A market next year", "Books for the children on the hill"]
    ),
    st.sampled_from([0.5, 0.7, 0.9]),
    st.sampled_from([f"story-{number}" for number in range(12)]),
    st.integers(0, 3),
    st.sampled_from(["mt", "mined"]),
)
corpora = st.lists(pairs, max_size=25)


def split(pairs):
    with TemporaryDirectory() as scratch:
        candidates, dropped = Candidates(Path(scratch)), Dropped(Path(scratch))
        candidates.extend(accepted(pairs, ANYTHING, dropped))
        parts = split_corpus(candidates, CONFIG, dropped)
        assert sum(dropped.counts.values()) == sum(len(batch) for batch in dropped.rows.batches())
        return {name: whole(part, CORPUS) for name, part in parts.items()}, whole(dropped.rows, DROPPED)


def whole(rows, table):
    return pl.concat([pl.DataFrame(schema=table.schema), *rows.batches()])


def texts(part: pl.DataFrame) -> set[str]:
    return {fold(text) for text in (*part["src"], *part["tgt"])}


def across(parts):
    return [(parts[a], parts[b]) for a, b in (("train", "validation"), ("train", "test"), ("validation", "test"))]


@settings(deadline=None, max_examples=60)
@given(corpora)
def test_no_text_of_one_split_is_or_nearly_is_in_another(candidates):
    parts, _ = split(candidates)
    for left, right in across(parts):
        assert not texts(left) & texts(right)
        assert not set(left["story_id"]) & set(right["story_id"])
        assert all(overlap(shingles(a), shingles(b)) < CONFIG.near_duplicate for a in texts(left) for b in texts(right))


@settings(deadline=None, max_examples=60)
@given(corpora)
def test_every_candidate_is_kept_or_dropped_with_a_reason(candidates):
    parts, dropped = split(candidates)
    kept = Counter(row_id for part in parts.values() for row_id in part["id"])
    assert max(kept.values(), default=1) == 1
    assert kept + Counter(dropped["id"]) == Counter(pair.id for pair in candidates)
    assert set(dropped["reason"]) <= {"duplicate", "leak", "near_duplicate"}


@settings(deadline=None, max_examples=60)
@given(corpora, st.randoms(use_true_random=False))
def test_order_does_not_matter(candidates, random):
    parts, dropped = split(candidates)
    random.shuffle(candidates)
    again, dropped_again = split(candidates)
    assert dropped.equals(dropped_again)
    assert all(parts[name].equals(again[name]) for name in SPLITS)


@settings(deadline=None, max_examples=60)
@given(corpora)
def test_the_test_split_is_never_thinned_for_another(candidates):
    parts, dropped = split(candidates)
    tested = {pair.story_id for pair in candidates} & set(parts["test"]["story_id"])
    lost = dropped.filter(pl.col("story_id").is_in(tested))
    assert set(lost["reason"]) <= {"duplicate"}


def candidate(src: str, tgt: str, story: str, score: float = 0.9, kind: str = "mt") -> Pair:
    return Pair(kind, "id", "en", src, tgt, score, (), story, (story,), ((0,),))


def test_of_equal_pairs_the_human_one_then_the_best_machine_one_stays():
    machine = [candidate(SOURCES[0], "Forty boats", "s", score) for score in (0.5, 0.9, 0.7)]
    parts, dropped = split(machine)
    assert parts["train"]["score"].to_list() == [0.9]
    parts, dropped = split([*machine, candidate(SOURCES[0].lower(), "forty boats", "s", 0.6, "mined")])
    assert parts["train"]["kind"].to_list() == ["mined"]
    assert dropped["reason"].to_list() == ["duplicate"] * 3


def test_another_translation_of_a_sentence_is_no_duplicate():
    parts, _ = split([candidate(SOURCES[0], "Forty boats", "s"), candidate(SOURCES[0], "40 vessels", "s")])
    assert len(parts["train"]) == 2


@pytest.mark.parametrize(
    ("train", "reason"),
    [
        ((SOURCES[0].upper(), "Some other English"), "leak"),
        (("Kalimat yang lain sekali", "forty boats moored on the first morning"), "leak"),
        (("Forty boats moored on the first morning", "Dermaga ramai"), "leak"),
        ((SOURCES[0].replace("perahu", "kapal"), "Some other English"), "near_duplicate"),
        (("Kalimat yang lain sekali", "Some other English"), None),
    ],
)
def test_a_text_that_is_tested_is_not_trained_on_on_either_side(train, reason):
    names = {name: story for story, name in _dealt().items()}
    held_out = candidate(SOURCES[0], "Forty boats moored on the first morning.", names["test"])
    others = [candidate("Bukit di utara", "Hills up north", names["validation"]), candidate(*train, names["train"])]
    parts, dropped = split([held_out, *others])
    assert parts["test"]["id"].to_list() == [held_out.id]
    assert dropped["reason"].to_list() == ([reason] if reason else [])
    assert len(parts["train"]) == (0 if reason else 1)


def _dealt():
    return deal(["a", "b", "c"], CONFIG)


def test_what_was_refused_before_is_not_among_the_candidates():
    parts, dropped = split([candidate("Ya", "", "s")])
    assert [len(parts[name]) for name in SPLITS] == [0, 0, 0]
    assert dropped["reason"].to_list() == ["empty"]


@settings(deadline=None, max_examples=20)
@given(corpora)
def test_it_does_not_matter_what_is_held_and_what_lies_on_the_disk(candidates):
    parts, dropped = split(candidates)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "SPILL_BYTES", 1)
        patch.setattr(parquet, "CHUNK_ROWS", 2)
        again, dropped_again = split(candidates)
    assert dropped.equals(dropped_again)
    assert all(parts[name].equals(again[name]) for name in SPLITS)
