from pathlib import Path

import pytest

from pipeline.config import TranslateConfig
from pipeline.store import ModelStore
from pipeline.translate import DictMemory, Translator
from tests.packs import build_pack

SHIPPED = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def dictionary_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    build_pack(folder / "dict-mul_en-1_0")
    return ModelStore(folder)


@pytest.fixture(scope="session")
def shipped_store():
    return ModelStore(SHIPPED)


@pytest.fixture
def make(dictionary_store):
    """Build a translator over the dictionary model, which may repeat itself as the tests' sources do."""

    def build(memory=None, store=dictionary_store, **settings):
        config = TranslateConfig(**{"no_repeat_ngram_size": 0, "threads": 1} | settings)
        return Translator(store, config, DictMemory() if memory is None else memory)

    return build
