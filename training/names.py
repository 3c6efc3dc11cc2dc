"""English names of the languages that a pack can be made for."""

NAMES = {
    "id": "Indonesian",
    "ms": "Malay",
    "vi": "Vietnamese",
    "zh-Hans": "Chinese",
    "zh-Hant": "Chinese (traditional)",
    "ja": "Japanese",
    "ko": "Korean",
    "th": "Thai",
}


def language_name(lang: str) -> str:
    """Return the English name of a BCP-47 tag, the tag itself when it is not known here."""
    return NAMES.get(lang, lang)
