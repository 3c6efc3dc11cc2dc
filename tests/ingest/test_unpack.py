"""Unpacking without trust."""

import gzip
import tracemalloc

import pytest
import zstandard

from pipeline.errors import SeedError
from pipeline.ingest.unpack import unpack


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("zst", zstandard.compress)])
def test_round_trip(suffix, pack):
    assert unpack(pack(b"isi" * 99), f"a.txt.{suffix}", 1000) == b"isi" * 99


def test_unpacked_names_are_left_alone():
    assert unpack(b"\x1f\x8b", "a.txt", 10) == b"\x1f\x8b"


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("zst", zstandard.compress)])
def test_a_bomb_costs_no_more_than_the_limit(suffix, pack):
    bomb = pack(b"\0" * (64 * 2**20))
    tracemalloc.start()
    with pytest.raises(SeedError, match="longer than"):
        unpack(bomb, f"a.txt.{suffix}", 2**20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * 2**20


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("zst", zstandard.compress)])
@pytest.mark.parametrize("keep", [4, 20, -9, -1])
def test_a_cut_file_is_damaged(suffix, pack, keep):
    data = pack(bytes(range(256)) * 20)[:keep]
    with pytest.raises(SeedError, match="fetch it again") as caught:
        unpack(data, f"a.txt.{suffix}", 10_000)
    assert caught.value.code == "damaged"
