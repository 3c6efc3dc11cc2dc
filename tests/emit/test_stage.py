import resource
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import EmitConfig
from pipeline.emit import corpus, parquet, spool
from pipeline.emit.counts import Tally
from pipeline.emit.schema import ALIGNMENTS, ARTICLES, BLOCKS, CORPUS, DROPPED, GROUPS, SCHEMA_VERSION, SENTENCES
from pipeline.emit.tables import article_row
from pipeline.errors import PipelineError
from pipeline.records import Declared, Metadata
from tests.emit.conftest import SIGNATURE, everything
from tests.emit.factories import (
    HARBOUR_EN,
    HARBOUR_ID,
    HARBOUR_VI,
    bead,
    dossier,
    emit,
    harbour_and_library,
    many_stories,
)

TABLES = (ARTICLES, BLOCKS, SENTENCES, ALIGNMENTS, GROUPS, DROPPED)


def read(folder, table):
    return pl.read_parquet(folder / f"{table.name}.parquet")


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_hold_their_columns_sorted_by_key(emitted, table):
    frame = read(emitted, table)
    assert frame.schema == pl.Schema(table.schema)
    assert frame.equals(frame.sort(table.key))
    assert len(frame)


def test_every_file_names_its_schema_and_the_signature(emitted):
    written = list(emitted.rglob("*.parquet"))
    assert len(written) == len(TABLES) + 3
    for path in written:
        metadata = pl.read_parquet_metadata(path)
        assert (metadata["schema_version"], metadata["signature"]) == (SCHEMA_VERSION, SIGNATURE)


def test_an_article_row_says_what_the_article_is(emitted):
    row = read(emitted, ARTICLES).filter(path="pelabuhan.txt").row(0, named=True)
    assert row["title"] == "Pelabuhan lama dibuka kembali untuk nelayan"
    assert row["title_en"] == "The old harbour reopens to fishermen"
    assert (row["lang"], row["byline"], row["published"]) == ("id", "Rina Laut", "2024-05-17")
    assert (row["n_blocks"], row["n_kept"], row["n_sentences"]) == (4, 3, 4)
    assert (row["status"], row["reason"]) == ("ok", None)


def test_the_container_speaks_where_the_page_is_silent():
    declared = Declared(byline="Ratna", source="Kabar Muara", published="6 Mei 2024")
    article = replace(dossier("a.jsonl#1", "id", "s", HARBOUR_ID), declared=declared)
    columns = list(ARTICLES.schema)
    told, silent = (
        dict(zip(columns, article_row(one), strict=True)) for one in (article, replace(article, metadata=Metadata()))
    )
    assert (told["byline"], told["source"], told["published"]) == ("Rina Laut", "Kabar Muara", "2024-05-17")
    assert (silent["byline"], silent["source"], silent["published"]) == ("Ratna", "Kabar Muara", "2024-05-06")


def test_a_duplicate_has_a_row_in_articles_and_nowhere_else(emitted):
    articles = read(emitted, ARTICLES)
    copy = articles.filter(status="duplicate").row(0, named=True)
    assert (copy["path"], copy["reason"]) == ("copy/pelabuhan.txt", "same content as pelabuhan.txt")
    assert articles.filter(article_id=copy["article_id"]).height == 2
    for table in (BLOCKS, SENTENCES):
        first = articles.filter(article_id=copy["article_id"], status="ok")
        assert read(emitted, table).filter(article_id=copy["article_id"]).height == first[f"n_{table.name}"].item()


def test_counts_in_articles_are_the_rows_of_the_other_tables(emitted):
    articles = read(emitted, ARTICLES)
    assert articles["n_blocks"].sum() == read(emitted, BLOCKS).height
    assert articles["n_kept"].sum() == read(emitted, BLOCKS)["keep"].sum()
    assert articles["n_sentences"].sum() == read(emitted, SENTENCES).height


def test_removed_blocks_stay_with_their_rule(emitted):
    removed = read(emitted, BLOCKS).filter(~pl.col("keep"))
    assert set(removed["rule"]) == {"share.row"}
    assert set(removed["kind"]) == {"debris"}


def test_an_alignment_row_holds_both_texts_and_the_parts_of_its_score(emitted):
    rows = read(emitted, ALIGNMENTS).filter(lang_a="id")
    row = rows.filter(pl.col("blocks_a") == [1]).row(0, named=True)
    assert row["text_a"] == " ".join(source for source, _ in HARBOUR_ID[1])
    assert row["english_b"] == HARBOUR_VI[1][0][1]
    parts = {"pivot": 0.7, "names": 0.5, "numbers": 1.0, "length": 0.9, "position": 0.4}
    assert row["evidence"] == {"encoder": None, "nearest": 1.0, **parts, "dates": None, "regime": "reports"}


def test_a_group_holds_the_texts_of_all_its_versions(emitted):
    rows = read(emitted, GROUPS).filter(pl.col("members").list.len() == 3)
    row = rows.row(0, named=True)
    assert {member["lang"]: member["text"] for member in row["members"]} == {
        "id": " ".join(source for source, _ in HARBOUR_ID[1]),
        "vi": HARBOUR_VI[1][0][0],
        "en": HARBOUR_EN[1][0][0],
    }
    assert {member["english"] for member in row["members"] if member["lang"] == "vi"} == {HARBOUR_VI[1][0][1]}
    assert (row["regime"], row["score"]) == ("reports", 0.75)
    assert row["agreement"] == pytest.approx(2 / 3, abs=1e-4)


def test_every_alignment_names_its_group_or_was_cut(tmp_path):
    a, b = dossier("a.txt", "id", "s", HARBOUR_ID), dossier("b.txt", "vi", "s", HARBOUR_VI)
    beads = [bead(a, b, (1,), (1,)), bead(a, b, (1,), (2,), score=0.6), bead(a, b, (0,), (0,))]
    counts = emit([a, b], beads, SIGNATURE, EmitConfig(), tmp_path)
    rows = read(tmp_path, ALIGNMENTS).sort("blocks_a", "blocks_b")
    assert rows["group_id"].to_list() == [0, 1, None]
    assert (counts.groups, counts.cut) == ((Tally("reports", "2", 2),), 1)


def corpus_of(folder):
    return pl.concat([pl.read_parquet(path) for path in sorted(folder.glob("corpus/*.parquet"))])


def test_the_corpus_holds_both_kinds_and_english_is_the_target(emitted):
    frame = corpus_of(emitted)
    assert frame.schema == pl.Schema(CORPUS.schema)
    mined = frame.filter(kind="mined")
    assert set(mined.select("src_lang", "tgt_lang").iter_rows()) == {("id", "vi"), ("vi", "en")}
    assert set(frame.filter(kind="mt")["tgt_lang"]) == {"en"}
    assert "en" not in frame["src_lang"]
    assert frame["id"].is_unique().all()


def test_block_ids_belong_to_the_article_at_the_same_place(emitted):
    blocks = {(row["article_id"], row["block_id"]): row["text"] for row in read(emitted, BLOCKS).iter_rows(named=True)}
    for row in corpus_of(emitted).iter_rows(named=True):
        sides = [
            "\n".join(blocks[article, block] for block in ids)
            for article, ids in zip(row["article_ids"], row["block_ids"], strict=True)
        ]
        if row["kind"] == "mined":
            assert sides == [row["src"], row["tgt"]]
        else:
            assert row["src"] in sides[0]


def test_a_sentence_without_a_model_is_dropped_with_its_reason(emitted):
    dropped = read(emitted, DROPPED)
    assert dropped.filter(reason="flagged:no_model")["src_lang"].to_list() == ["th"]


def test_the_counts_are_those_of_the_files(tmp_path):
    counts = emit(*everything(), SIGNATURE, EmitConfig(min_score_mined=0.75), tmp_path)
    assert sum(tally.n for tally in counts.articles) == read(tmp_path, ARTICLES).height
    assert sum(tally.n for tally in counts.blocks) == read(tmp_path, BLOCKS).height
    assert sum(tally.n for tally in counts.sentences if tally.name == "all") == read(tmp_path, SENTENCES).height
    assert sum(tally.n for tally in counts.corpus) == corpus_of(tmp_path).height
    assert sum(tally.n for tally in counts.dropped) == read(tmp_path, DROPPED).height
    assert counts.alignments == read(tmp_path, ALIGNMENTS).height
    assert sum(tally.n for tally in counts.groups) == read(tmp_path, GROUPS).height
    assert counts.cut == read(tmp_path, ALIGNMENTS)["group_id"].null_count()
    assert counts.stories == read(tmp_path, ARTICLES)["story_id"].n_unique()
    assert ("mined", "low_score", 1) in [(tally.group, tally.name, tally.n) for tally in counts.dropped]


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_bytes_do_not_depend_on_the_order(emitted, tmp_path_factory, random):
    dossiers, beads = everything()
    random.shuffle(dossiers)
    random.shuffle(beads)
    folder = tmp_path_factory.mktemp("shuffled")
    emit(iter(dossiers), beads, SIGNATURE, EmitConfig(), folder)
    assert files(folder).items() <= files(emitted).items()


def test_the_bytes_do_not_depend_on_how_rows_are_packed(emitted, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "CHUNK_ROWS", 3)
    monkeypatch.setattr(spool, "SPILL_BYTES", 1)
    emit(*everything(), SIGNATURE, EmitConfig(), tmp_path)
    assert files(tmp_path).items() <= files(emitted).items()


def test_a_large_split_is_cut_into_files(tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "FILE_ROWS", 7)
    emit(many_stories(12), [], SIGNATURE, EmitConfig(test_percent=0, validation_percent=0), tmp_path)
    names = sorted(path.name for path in tmp_path.glob("corpus/*.parquet"))
    assert names == [f"train-{number:05}-of-00004.parquet" for number in range(4)]
    assert corpus_of(tmp_path).height == 24


def test_nothing_in_is_empty_tables_out(tmp_path):
    counts = emit([], [], SIGNATURE, EmitConfig(), tmp_path)
    assert all(read(tmp_path, table).is_empty() for table in TABLES)
    assert (counts.stories, counts.corpus, counts.dropped) == (0, (), ())
    assert [path.name for path in tmp_path.glob("corpus/*.parquet")] == ["train-00000-of-00001.parquet"]


def test_paragraphs_in_place_of_sentences(tmp_path):
    emit(*harbour_and_library(), SIGNATURE, EmitConfig(mt_unit="paragraph"), tmp_path)
    rows = corpus_of(tmp_path).filter(kind="mt", src_lang="id").sort("src")
    assert " ".join(source for source, _ in HARBOUR_ID[1]) in rows["src"]
    assert " ".join(english for _, english in HARBOUR_ID[1]) in rows["tgt"]
    assert rows.height == 3


def test_a_paragraph_is_as_good_as_its_worst_sentence(tmp_path):
    article = dossier("a.txt", "id", "s", HARBOUR_ID)
    worst = replace(article.hypotheses[2], score=0.4, flags=("retried",))
    article = replace(article, hypotheses=(*article.hypotheses[:2], worst, article.hypotheses[3]))
    emit([article], [], SIGNATURE, EmitConfig(mt_unit="paragraph"), tmp_path)
    row = corpus_of(tmp_path).filter(score=0.4).row(0, named=True)
    assert (row["block_ids"], row["flags"]) == ([[1]], ["retried"])


def test_several_blocks_stand_on_lines_of_their_own(tmp_path):
    a, b = dossier("a.txt", "id", "s", HARBOUR_ID), dossier("b.txt", "vi", "s", HARBOUR_VI)
    emit([a, b], [bead(a, b, (1, 2), (1,))], SIGNATURE, EmitConfig(max_length_ratio=9), tmp_path)
    row = corpus_of(tmp_path).filter(kind="mined").row(0, named=True)
    assert len(row["src"].split("\n")) == 2
    assert row["block_ids"] == [[1, 2], [1]]
    assert read(tmp_path, ALIGNMENTS)["blocks_a"].to_list() == [[1, 2]]


def test_no_room_for_the_tables_is_no_traceback(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, before[1]))
    try:
        with pytest.raises((PipelineError, OSError), match=r"space|too large"):
            emit(many_stories(60), [], SIGNATURE, EmitConfig(), tmp_path)
        with pytest.raises(PipelineError, match="space"), parquet.writing(tmp_path):
            parquet.write([everything_said()], ARTICLES, tmp_path / "articles.parquet", SIGNATURE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert all(path.is_file() for path in tmp_path.iterdir())


def everything_said():
    rows = [article_row(article) for article in many_stories(300)]
    return pl.DataFrame(rows, schema=ARTICLES.schema, orient="row")
