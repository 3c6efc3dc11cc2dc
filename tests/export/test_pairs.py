import pytest

from pipeline.config import EmitConfig
from pipeline.errors import ConfigError
from pipeline.export import Choice, pairs, read_pairs
from tests.emit.factories import emit, harbour_and_library, many_stories


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    articles, beads = harbour_and_library()
    emit([*articles, *many_stories(20)], beads, "sig", EmitConfig(), folder)
    return folder


def test_everything_is_read_by_default(output):
    everything = list(read_pairs(output, Choice()))
    assert [pair.split for pair in everything] == sorted(
        (pair.split for pair in everything), key=["train", "validation", "test"].index
    )
    assert len({pair.id for pair in everything}) == len(everything)


@pytest.mark.parametrize(
    ("choice", "belongs"),
    [
        (Choice(split="test"), lambda pair: pair.split == "test"),
        (Choice(kind="mined"), lambda pair: pair.kind == "mined"),
        (Choice(src_lang="vi"), lambda pair: pair.src_lang == "vi"),
        (Choice(tgt_lang="vi"), lambda pair: pair.tgt_lang == "vi"),
        (Choice(min_score=0.9), lambda pair: pair.score >= 0.9),
        (Choice(kind="mined", src_lang="id", min_score=0.85), lambda pair: pair.score == 0.9 and pair.kind == "mined"),
    ],
)
def test_a_choice_reads_what_belongs_and_all_of_it(output, choice, belongs):
    chosen = list(read_pairs(output, choice))
    assert chosen == [pair for pair in read_pairs(output, Choice()) if belongs(pair)]
    assert chosen


def test_small_batches_read_the_same(output, monkeypatch):
    everything = list(read_pairs(output, Choice()))
    monkeypatch.setattr(pairs, "ROW_GROUP_ROWS", 7)
    assert list(read_pairs(output, Choice())) == everything


def test_a_folder_without_a_corpus_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match="make one with `pipeline run"):
        read_pairs(tmp_path, Choice())
