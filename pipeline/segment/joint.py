"""What stands between two sentences of a language."""

_UNSPACED = frozenset({"zh", "ja", "th"})


def joint(lang: str) -> str:
    """Return a space, or nothing for languages that write their sentences without one between."""
    return "" if lang.split("-", maxsplit=1)[0] in _UNSPACED else " "
