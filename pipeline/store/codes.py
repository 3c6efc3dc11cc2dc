"""Translate between the language codes of Argos packages and the BCP-47 tags used everywhere else."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, str]]:
    text = files("pipeline.store").joinpath("data/codes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def from_argos(code: str) -> str:
    """Return the BCP-47 tag of an Argos code: `zt` is `zh-Hant`."""
    return _tables()["argos"].get(code, code)


def to_argos(lang: str) -> str:
    """Return the code by which Argos knows a language: `zh-Hant` is `zt`."""
    return next((code for code, tag in _tables()["argos"].items() if tag == canonical(lang)), lang)


def canonical(lang: str) -> str:
    """Return the tag by which models are looked up: `zh-TW` is `zh-Hant`."""
    return _tables()["alias"].get(lang, lang)


def candidates(lang: str) -> tuple[str, ...]:
    """Return the tags under which a model may serve `lang`, closest first: `id-ID` is served by `id` too.

    Scripts are never crossed: `zh-Hant` is not offered to a model of `zh-Hans`.
    """
    tag = canonical(lang)
    language, _, rest = tag.partition("-")
    return (tag,) if not rest or len(rest.partition("-")[0]) == len("Hans") else (tag, language)
