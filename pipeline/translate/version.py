"""The version of the translate stage, and those of the libraries that decide an English with it."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

VERSION = "2"
"""Raised when the same input would give another output."""
_LIBRARIES = ("ctranslate2", "sentencepiece", "sacremoses")


@cache
def libraries() -> dict[str, str]:
    """Return the versions of the engine and the tokenizers; `absent` for one that is not installed."""
    return {name: _version(name) for name in _LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
