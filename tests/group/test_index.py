import numpy as np
import pytest

from pipeline.group import index


def rows(n, seed=0):
    made = np.random.default_rng(seed).normal(size=(n, 16)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize("n", [1, 2, 7])
def test_neighbours_are_the_nearest_others(n):
    made = rows(n)
    for i, found in enumerate(index.neighbours(made, 3)):
        similarity = made @ made[i]
        similarity[i] = -9
        assert list(found) == list(np.argsort(-similarity, kind="stable")[: min(3, n - 1)])


def test_the_inverted_file_finds_near_duplicates(monkeypatch):
    made = rows(400)
    made = np.concatenate([made, made + np.float32(0.01)])
    monkeypatch.setattr(index, "EXACT", 10)
    found = index.neighbours(made, 5)
    assert np.mean([(i + 400) % 800 in near for i, near in enumerate(found)]) > 0.95
