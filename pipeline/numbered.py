"""Words with the number that each stands for, as data files list them: `3 = ["March", "Maret", …]`."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

_UNSPACED = "\u0e00"  # from Thai on, scripts are mostly written without spaces between words


def read_numbered(package: str, name: str) -> dict[str, int]:
    """Return the number of each word of a file in a package."""
    table = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    return {word: int(number) for number, words in table.items() for word in words}


def alternatives(words: Iterable[str]) -> tuple[str, str]:
    """Return patterns for any of the words, the longest first: those of scripts with spaces, and the others."""
    ordered = sorted(words, key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in ordered if word[0] < _UNSPACED)
    joined = "|".join(re.escape(word) for word in ordered if word[0] >= _UNSPACED)
    return spaced, joined
