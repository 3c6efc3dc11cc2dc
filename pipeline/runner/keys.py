"""Cache keys: content + versions of stage and libraries + the configuration the stage reads, chained."""

import hashlib
import json
import platform
from collections.abc import Sequence
from importlib import import_module

from pipeline.config import Config
from pipeline.libraries import library_version
from pipeline.translate.version import LIBRARIES as TRANSLATORS

ARTICLE_STAGES = ("normalise", "clean", "identify", "segment")
"""The stages that need nothing but the article, in order; `ingest` comes before them and `translate` after."""

STAGES = ("ingest", *ARTICLE_STAGES, "translate", "group", "align", "emit")

LIBRARIES = {
    "ingest": ("charset-normalizer", "trafilatura", "zstandard"),
    "normalise": ("ftfy",),
    "clean": ("numpy",),
    "identify": ("py3langid",),
    "segment": ("sentencex",),
    "translate": TRANSLATORS,
    "group": ("numpy",),
    "align": ("numpy",),
    "emit": ("numpy", "polars"),
}
"""The libraries whose next version may give another result, by stage."""

SHARED = {"group": ("encode", "align"), "align": ("encode",)}
"""Packages of our own that a stage rests on without reading their results: their versions count as a library's."""


def digest(*parts: str) -> str:
    """Hash texts into 32 hex digits; where one part ends and the next begins matters."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def version(stage: str) -> str:
    """Return the version that a stage's package declares."""
    return str(import_module(f"pipeline.{stage}").VERSION)


def libraries(stage: str) -> dict[str, str]:
    """Return the versions of what a stage rests on, Python's too; `absent` for an extra that is not installed."""
    own = {name: version(name) for name in SHARED.get(stage, ())}
    others = {name: library_version(name) for name in LIBRARIES.get(stage, ())}
    return {"python": platform.python_version()} | own | others


def settings(config: Config, stage: str) -> str:
    """Return a digest of the section of the configuration that a stage reads."""
    section = getattr(config, stage)
    return digest(json.dumps(section.model_dump(mode="json"), sort_keys=True))[:12]


class Keyring:
    """The keys of one run; versions and settings are read once."""

    def __init__(self, config: Config) -> None:
        self.parts = {
            stage: {"version": version(stage), "config": settings(config, stage)} | libraries(stage) for stage in STAGES
        }

    def key(self, stage: str, *inputs: str) -> str:
        """Return the key of a stage's result, given the keys of what it reads."""
        return f"{stage}:{digest(stage, json.dumps(self.parts[stage], sort_keys=True), *inputs)}"

    def seed(self, payload: bytes) -> str:
        """Return the key of a seed that was read.

        Its content stands for the libraries that read it: an extra for HTML, installed later, redoes HTML alone.
        """
        part = self.parts["ingest"]
        return f"ingest:{digest('ingest', part['version'], part['config'], payload.hex())}"

    def chain(self, seed_key: str, repeated: Sequence[str] = ()) -> dict[str, str]:
        """Return the keys of an article's own stages, from `ingest` to `segment`.

        `repeated` are the lines that its source puts around its stories: they go between `clean` and `identify`.
        """
        keys = {"ingest": seed_key}
        for before, stage in zip(("ingest", *ARTICLE_STAGES), ARTICLE_STAGES, strict=False):
            keys[stage] = self.key(stage, keys[before], *(repeated if stage == "identify" else ()))
        return keys

    def of_members(self, stage: str, members: Sequence[str], *inputs: str) -> str:
        """Return the key of a corpus stage over its members, in whatever order they come."""
        return self.key(stage, *inputs, *sorted(members))
