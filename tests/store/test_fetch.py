import hashlib

import pytest

from pipeline.errors import ModelError
from pipeline.store.fetch import fetch, read_url

DATA = bytes(range(256)) * 400


@pytest.fixture
def file(web):
    (web.folder / "a").write_bytes(DATA)
    return f"{web.url}/a"


def test_downloads_and_digests(file, tmp_path):
    assert fetch(file, tmp_path / "a") == hashlib.sha256(DATA).hexdigest()
    assert (tmp_path / "a").read_bytes() == DATA
    assert not (tmp_path / "a.part").exists()


def test_goes_on_where_the_connection_broke(file, web, tmp_path):
    web.cuts, web.cut = 2, 30_000
    fetch(file, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == DATA
    assert [asked for _, asked in web.asked] == [None, "bytes=30000-", "bytes=60000-"]


def test_a_later_call_goes_on_too(file, web, tmp_path):
    web.cuts, web.cut = 3, 20_000
    with pytest.raises(ModelError, match="goes on where it stopped"):
        fetch(file, tmp_path / "a")
    fetch(file, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == DATA
    assert web.asked[-1][1] == "bytes=60000-"


def test_a_server_without_ranges_is_asked_for_all(file, web, tmp_path):
    web.ranges, web.cuts, web.cut = False, 1, 30_000
    fetch(file, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == DATA


def test_a_part_that_is_too_long_is_begun_anew(file, tmp_path):
    (tmp_path / "a.part").write_bytes(b"x" * (len(DATA) + 1))
    fetch(file, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == DATA


def test_a_wrong_digest_leaves_nothing(file, tmp_path):
    with pytest.raises(ModelError, match="SHA-256"):
        fetch(file, tmp_path / "a", "0" * 64)
    assert not list(tmp_path.glob("a*"))


def test_a_missing_file_is_asked_for_once(web, tmp_path):
    with pytest.raises(ModelError, match="404"):
        fetch(f"{web.url}/none", tmp_path / "a")
    assert len(web.asked) == 1


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/a"])
def test_other_schemes_are_refused(url, tmp_path):
    with pytest.raises(ModelError, match="http"):
        fetch(url, tmp_path / "a")


def test_an_endless_index_is_refused(file):
    with pytest.raises(ModelError, match="longer than"):
        read_url(file, limit=100)
