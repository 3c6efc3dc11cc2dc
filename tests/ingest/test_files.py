"""Which files are seeds, and reading them."""

import os

import pytest

from pipeline.config import IngestConfig
from pipeline.errors import SeedError
from pipeline.ingest import SUFFIXES, find_seeds, is_seed, read_bytes

CONFIG = IngestConfig()


def test_every_form_also_packed():
    assert set(SUFFIXES) == {
        form + packing for form in (".txt", ".md", ".html", ".htm", ".jsonl") for packing in ("", ".gz", ".zst")
    }


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_known_suffixes_are_seeds_in_any_case(tmp_path, suffix):
    assert is_seed(tmp_path / f"berita.v2{suffix}")
    assert is_seed(tmp_path / f"berita{suffix.upper()}")


@pytest.mark.parametrize("name", ["a.pdf", "a", "txt", "a.gz", "a.txt.bz2", "a.zst", "a.txt.gz.gz"])
def test_other_names_are_not(tmp_path, name):
    assert not is_seed(tmp_path / name)


def test_lists_sorted_posix_names_with_unknown_kinds(tmp_path):
    for name in ("b.txt", "a/z.md", "a/b/c.jsonl.gz", "foto.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("isi")
    assert find_seeds(tmp_path) == ["a/b/c.jsonl.gz", "a/z.md", "b.txt", "foto.png"]


def test_hidden_files_and_folders_are_left_out(tmp_path):
    for name in (".DS_Store", ".git/a.txt", "a/.b.txt", "a/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("isi")
    assert find_seeds(tmp_path) == ["a/c.txt"]


def test_links_are_followed_only_inside_the_folder(tmp_path):
    folder = tmp_path / "seeds"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("isi")
    (tmp_path / "outside.txt").write_text("isi")
    (folder / "inside.txt").symlink_to(folder / "sub" / "a.txt")
    (folder / "leaves.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "dangles.txt").symlink_to(folder / "nothing.txt")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "sub" / "circle").symlink_to(folder)
    assert find_seeds(folder) == ["inside.txt", "sub/a.txt"]


def test_a_pipe_is_no_seed(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert find_seeds(tmp_path) == []


def test_a_missing_folder_has_no_seeds(tmp_path):
    assert find_seeds(tmp_path / "nothing") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_is_skipped(tmp_path):
    (tmp_path / "a.txt").write_text("isi")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert find_seeds(tmp_path) == ["a.txt"]


def test_reads_bytes_as_they_are(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\r\n\x00")
    assert read_bytes(path, CONFIG) == b"\xff\r\n\x00"


@pytest.mark.parametrize("make", ["missing", "folder"])
def test_unreadable(tmp_path, make):
    path = tmp_path / "a.txt"
    if make == "folder":
        path.mkdir()
    with pytest.raises(SeedError, match=r"a\.txt cannot be read") as caught:
        read_bytes(path, CONFIG)
    assert caught.value.code == "unreadable"


def test_too_long_is_refused_and_the_limit_itself_is_not(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    assert len(read_bytes(path, IngestConfig(max_bytes=11))) == 11
    with pytest.raises(SeedError, match=r"longer than 10 bytes.*max_bytes") as caught:
        read_bytes(path, IngestConfig(max_bytes=10))
    assert caught.value.code == "too_long"


def test_jsonl_files_have_their_own_limit(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 11)
    assert read_bytes(path, IngestConfig(max_bytes=10, max_jsonl_bytes=20))
