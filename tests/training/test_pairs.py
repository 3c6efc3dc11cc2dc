import gzip

import polars as pl
import pytest

from tests.training.samples import sentences, write_tsv
from training.pairs import Pair, TrainingError, read_pairs


def corpus(folder, name="train-00000.parquet", **columns):
    rows = {
        "src_lang": ["vi", "zh-Hant", "vi", "id"],
        "tgt_lang": ["en", "en", "id", "en"],
        "src": ["Tàu đã đến.", "船到了。", "Tàu đã đến.", "Kapal\n tiba."],
        "tgt": ["The ship has come.", "The ship came.", "Kapal tiba.", "The ship arrives."],
        "score": [0.9, 0.2, 0.9, 0.7],
        "kind": ["mined", "mined", "mined", "mt"],
    }
    folder.mkdir(exist_ok=True)
    pl.DataFrame(rows | columns).write_parquet(folder / name)
    return folder


def test_reads_compressed_tsv_with_language_and_origin(tmp_path):
    write_tsv(tmp_path, 5)
    pairs = list(read_pairs([tmp_path]))
    assert [(pair.source, pair.english) for pair in pairs] == sentences(5)
    assert {(pair.lang, pair.origin) for pair in pairs} == {("id", "harbour")}


def test_reads_gzip_and_plain_files_in_the_order_of_their_names(tmp_path):
    (tmp_path / "vi.tsv.gz").write_bytes(gzip.compress("một\tone\n".encode()))
    (tmp_path / "id.tsv").write_text("dua\ttwo\tfar\textra\n", encoding="utf-8")
    assert list(read_pairs([tmp_path])) == [Pair("dua", "two", "id", "far"), Pair("một", "one", "vi", "vi")]


@pytest.mark.parametrize(("name", "lang"), [("zh", "zh-Hans"), ("zht", "zh-Hant"), ("vi", "vi")])
def test_file_names_become_bcp_47(tmp_path, name, lang):
    (tmp_path / f"{name}.tsv").write_text("a\tb\n", encoding="utf-8")
    assert [pair.lang for pair in read_pairs([tmp_path])] == [lang]


@pytest.mark.parametrize("line", ["only one field", "\tno source", "no english\t  ", ""])
def test_lines_without_two_sides_are_passed_over(tmp_path, line):
    (tmp_path / "id.tsv").write_text(f"{line}\nsatu\tone\n", encoding="utf-8")
    assert [pair.english for pair in read_pairs([tmp_path])] == ["one"]


def test_a_tab_free_line_separator_inside_a_sentence_does_not_cut_it(tmp_path):
    (tmp_path / "id.tsv").write_text("satu\u2028dua\tone\u2028two\n", encoding="utf-8")
    assert [pair.english for pair in read_pairs([tmp_path])] == ["one\u2028two"]


def test_reads_the_pipelines_corpus_into_english_only(tmp_path):
    pairs = list(read_pairs([corpus(tmp_path / "corpus")]))
    assert Pair("Tàu đã đến.", "The ship has come.", "vi", "corpus_mined") in pairs
    assert Pair("Kapal tiba.", "The ship arrives.", "id", "corpus_mt") in pairs
    assert len(pairs) == 3


def test_corpus_pairs_below_the_least_score_are_left_out(tmp_path):
    assert {pair.lang for pair in read_pairs([corpus(tmp_path / "corpus")], min_score=0.5)} == {"vi", "id"}


def test_validation_and_test_splits_are_never_read(tmp_path):
    folder = corpus(tmp_path / "corpus")
    corpus(folder, "test-00000.parquet", src=["secret"] * 4)
    corpus(folder, "validation-00000.parquet", src=["secret"] * 4)
    assert "secret" not in {pair.source for pair in read_pairs([folder])}


def test_english_sources_are_not_translated_pairs(tmp_path):
    folder = corpus(tmp_path / "corpus", src_lang=["en"] * 4)
    assert list(read_pairs([folder])) == []


def test_an_empty_folder_is_refused_with_what_to_give(tmp_path):
    with pytest.raises(TrainingError, match="TSV"):
        list(read_pairs([tmp_path]))
