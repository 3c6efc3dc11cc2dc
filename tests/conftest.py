"""Fixtures every test shares."""

import pytest

from tests.packs import build_pack


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory):
    """A models folder with one tiny exact model, Indonesian, Vietnamese and Chinese to English."""
    folder = tmp_path_factory.mktemp("models")
    build_pack(folder / "tiny-mul_en-1_0")
    return folder
