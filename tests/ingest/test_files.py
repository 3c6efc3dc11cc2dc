"""Which files are seeds, and reading them."""

import os

import pytest

from pipeline.config import IngestConfig
from pipeline.errors import SeedError
from pipeline.ingest import SUFFIXES, find_seeds, printable, read_bytes
from pipeline.ingest.files import split_name

CONFIG = IngestConfig()


def test_every_form_also_packed():
    assert set(SUFFIXES) == {
        form + packing for form in (".txt", ".md", ".html", ".htm", ".jsonl") for packing in ("", ".gz", ".zst")
    }


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_known_suffixes_tell_the_format_in_any_case(suffix):
    assert split_name(f"berita.v2{suffix}")[0]
    assert split_name(f"berita.v2{suffix}") == split_name(f"a.b/berita{suffix.upper()}")


@pytest.mark.parametrize("name", ["a.pdf", "a", "txt", "a.gz", "a.txt.bz2", "a.zst", "a.txt.gz.gz"])
def test_other_names_do_not(name):
    assert split_name(name)[0] is None


@pytest.mark.parametrize(
    ("raw", "shown"),
    [(b"a b.txt", "a b.txt"), ("đò🛶.txt".encode(), "đò🛶.txt"), (b"caf\xe9.txt", "caf\\xe9.txt"), (b"a\nb", "a\nb")],
)
def test_names_are_printable(raw, shown):
    assert printable(os.fsdecode(raw)) == shown
    shown.encode()


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


def test_links_are_followed_and_what_leads_nowhere_is_listed(tmp_path):
    folder, outside = tmp_path / "seeds", tmp_path / "outside"
    (folder / "sub").mkdir(parents=True)
    outside.mkdir()
    (folder / "sub" / "a.txt").write_text("text")
    (outside / "b.txt").write_text("text")
    (folder / "dangles.txt").symlink_to(folder / "nothing.txt")
    (folder / "far").symlink_to(outside)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "sub" / "circle").symlink_to(folder)
    assert find_seeds(folder) == ["dangles.txt", "far/b.txt", "self.txt", "sub/a.txt"]


@pytest.mark.parametrize("name", ["dangles.txt", "self.txt", "pipe.txt", "."])
def test_what_is_no_file_is_unreadable(tmp_path, name):
    (tmp_path / "dangles.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SeedError) as refused:
        read_bytes(tmp_path / name, IngestConfig())
    assert refused.value.code == "unreadable"


def test_a_folder_that_cannot_be_listed_is_not_overlooked(tmp_path, monkeypatch):
    def refuse(_top, *, onerror, **_options):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "closed")))
        return iter([])

    monkeypatch.setattr("pipeline.ingest.files.os.walk", refuse)
    assert find_seeds(tmp_path) == ["closed"]


def test_a_missing_folder_has_no_seeds(tmp_path):
    assert find_seeds(tmp_path / "nothing") == []


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
