"""A world for each test."""

import pytest

from tests.runner.worlds import World


@pytest.fixture
def world(tmp_path, tiny_models):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    return World(seeds, tmp_path / "output", tiny_models)
