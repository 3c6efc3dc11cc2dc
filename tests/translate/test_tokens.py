import shutil
from dataclasses import replace

import pytest

from pipeline.errors import ModelError
from pipeline.store import read_pack
from pipeline.translate.tokens import load_tokenizer


@pytest.fixture
def pack(dictionary_store):
    return dictionary_store.packs()[0]


def test_sentencepiece_keeps_underscores(pack):
    tokenizer = load_tokenizer(pack)
    assert tokenizer.decode(tokenizer.encode("kucing itu a_b tidur")) == "kucing itu a_b tidur"


def test_source_and_target_may_have_a_model_each(pack, tmp_path):
    folder = tmp_path / "opus-1_0"
    shutil.copytree(pack.folder, folder)
    (folder / "sentencepiece.model").rename(folder / "source.spm")
    shutil.copy(folder / "source.spm", folder / "target.spm")
    tokenizer = load_tokenizer(read_pack(folder))
    assert tokenizer.encode("kucing") == ["▁kucing"]
    assert tokenizer.decode(["▁cat", "▁sleeps"]) == "cat sleeps"


def test_the_bpe_of_old_packages_is_read_and_writes_nothing_at_home(pack, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "old-1_0"
    shutil.copytree(pack.folder, folder)
    (folder / "sentencepiece.model").unlink()
    (folder / "bpe.model").write_text("#version: 0.2\nk u\nku c\n", encoding="utf-8")
    tokenizer = load_tokenizer(read_pack(folder))
    assert tokenizer.encode("kucing a")[:2] == ["kuc@@", "i@@"]
    assert tokenizer.decode(["c@@", "at", "sleeps", "."]) == "cat sleeps."
    assert not (tmp_path / "home").exists()


def test_a_broken_tokenizer_is_named(pack, tmp_path):
    folder = tmp_path / "bad-1_0"
    shutil.copytree(pack.folder, folder)
    (folder / "sentencepiece.model").write_bytes(b"nonsense")
    with pytest.raises(ModelError, match="tokenizer of"):
        load_tokenizer(replace(pack, folder=folder))
