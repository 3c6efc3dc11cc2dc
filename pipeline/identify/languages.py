"""The languages that can be told apart, by script, and how other people spell their tags."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_SIMPLIFIED = {"hans", "cn", "sg", "my"}
_OLD_TAGS = {"in": "id", "iw": "he", "fil": "tl", "nb": "no", "nn": "no", "cmn": "zh", "yue": "zh"}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("languages.toml").read_text(encoding="utf-8"))


def languages_of(script: str) -> tuple[str, ...]:
    """Return the languages that a script can hold; empty for a script that we do not know."""
    return tuple(_table()["scripts"].get(script, ()))


def common_languages() -> frozenset[str]:
    """Return the languages that need less evidence than the others of their script."""
    return frozenset(_table()["common"]["languages"])


def known_languages() -> tuple[str, ...]:
    """Return every language that can be identified, in the order of the table, each once."""
    return tuple(dict.fromkeys(lang for langs in _table()["scripts"].values() for lang in langs))


def canonical_tag(declared: str | None) -> str | None:
    """Return our tag for a declared one (`zh-TW`, `zh_Hant_HK`, `in`, `id-ID`, …); None when we do not know it.

    A bare `zh` is None: it leaves the question open that matters.
    """
    if not declared:
        return None
    language, *subtags = declared.strip().lower().replace("_", "-").split("-")
    language = _OLD_TAGS.get(language, language)
    if language == "zh":
        if _TRADITIONAL & set(subtags):
            return "zh-Hant"
        return "zh-Hans" if _SIMPLIFIED & set(subtags) else None
    return language if language in known_languages() else None
