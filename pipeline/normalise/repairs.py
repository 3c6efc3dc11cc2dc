"""The text repairs: pure `str -> str` functions in one table, applied in order until nothing changes."""

import re
import unicodedata
from collections.abc import Callable

import ftfy
from ftfy import TextFixerConfig

_MOJIBAKE = TextFixerConfig(explain=False)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufffc]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f]")
_SPACES = re.compile(r"[^\S ]+| {2,}")


def entities(text: str) -> str:
    """Replace HTML entities by their characters."""
    return ftfy.fixes.unescape_html(text) if "&" in text else text


def mojibake(text: str) -> str:
    """Undo wrong decodings of whole characters."""
    return ftfy.fix_encoding(text, _MOJIBAKE)


def control(text: str) -> str:
    """Remove control characters."""
    return _CONTROL.sub("", text)


def invisible(text: str) -> str:
    """Remove characters without shape or meaning."""
    return _INVISIBLE.sub("", text)


def nfc(text: str) -> str:
    """Compose characters (NFC)."""
    return unicodedata.normalize("NFC", text)


def spaces(text: str) -> str:
    """Replace runs of white space by one space and trim the ends."""
    return _SPACES.sub(" ", text).strip()


REPAIRS: dict[str, Callable[[str], str]] = {
    "entities": entities,
    "mojibake": mojibake,
    "control": control,
    "invisible": invisible,
    "nfc": nfc,
    "spaces": spaces,
}
ROUNDS = 8


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the repaired text and the names of the repairs that changed it, in table order."""
    used: set[str] = set()
    for _ in range(ROUNDS):
        before = text
        for name, fix in REPAIRS.items():
            fixed = fix(text)
            if fixed != text:
                used.add(name)
                text = fixed
        if text == before:
            break
    return text, tuple(name for name in REPAIRS if name in used)
