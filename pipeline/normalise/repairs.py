r"""The text repairs: pure `str -> str` functions in one table, applied in order until nothing changes.

A repair must be safe on clean text of every language: full-width punctuation, quotation marks, Vietnamese tone marks,
Thai and Arabic, joiners inside emoji stay. ftfy's own plan is not used whole because it widens and uncurls.
"""

import re
import unicodedata
from collections.abc import Callable

import ftfy

from pipeline.normalise.mojibake import BAD_STARTS, fix_mojibake, is_bad, may_be_misread

ROUNDS = 8
_AMPERSANDS = re.compile(r"&(?:amp;)+(?=#?\w{1,24};)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufff9-\ufffb]")
# Joiners stay after the scripts and the emoji that need them; the zero-width space marks words in South-East Asia.
_STRAY_JOINERS = re.compile("(?<![^\x00-\u02ff\\s\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef])[\u200c\u200d]+")
_STRAY_ZWSP = re.compile(
    "(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u2060-\u2064\ufeff\ufffc]")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SPACES = re.compile(r"[^\S ]+ *| {2,}[^\S ]*| [^\S ]+")
_BOLD = re.compile(r"(?<![A-Za-z0-9*])\*\*(?=[^\s*])(.{1,300}?)(?<=[^\s*])\*\*(?![A-Za-z0-9*])")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,300})(?<=[^\s*])\*(?![\w*])")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((?:https?://|www\.|mailto:|/|#)[^()\s]{0,2000}(?:\s\"[^\"]{0,200}\")?\)")


def entities(text: str) -> str:
    """Replace HTML entities by their characters, also those escaped more than once."""
    return ftfy.fixes.unescape_html(_AMPERSANDS.sub("&", text)) if "&" in text else text


def control(text: str) -> str:
    """Remove terminal escapes and control characters; lone surrogates become U+FFFD."""
    return _CONTROL.sub("", ftfy.fixes.remove_terminal_escapes(ftfy.fixes.fix_surrogates(text)))


def ligatures(text: str) -> str:
    """Write the letters of Latin ligatures apart."""
    return ftfy.fixes.fix_latin_ligatures(text)


def invisible(text: str) -> str:
    """Remove characters without shape: soft hyphens, stray joiners, byte order marks, needless direction marks."""
    text = _STRAY_ZWSP.sub("", _STRAY_JOINERS.sub("", _INVISIBLE.sub("", text)))
    return text if _RIGHT_TO_LEFT.search(text) else _DIRECTION.sub("", text)


def nfc(text: str) -> str:
    """Compose letters and their marks (NFC)."""
    return unicodedata.normalize("NFC", text)


def spaces(text: str) -> str:
    """Replace each run of white space of any kind by one space and trim the ends."""
    return _SPACES.sub(" ", text).strip()


def markdown(text: str) -> str:
    """Take emphasis and links off their words."""
    text = _BOLD.sub(r"\1", _LINK.sub(r"\1", text))
    return _ITALIC.sub(r"\1", text)


REPAIRS: dict[str, Callable[[str], str]] = {
    "entities": entities,
    "mojibake": fix_mojibake,
    "control": control,
    "ligatures": ligatures,
    "invisible": invisible,
    "nfc": nfc,
    "markdown": markdown,
    "spaces": spaces,
}
# A text without any of these, composed and not bad in ftfy's sense, is left alone by every repair.
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\u034f\u1680\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069\u3000\ud800-\udfff\ufb00-\ufb06\ufeff\ufff9-\ufffc]"
)
_SUSPECT_PAIRS = ("  ", "](")
_ENTITY = re.compile(r"&#?\w{1,24};")


def repair(text: str, *, sound: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the repaired text and the names of the repairs that changed it, in table order.

    `sound` says that the text is part of one that `is_sound`.
    """
    if needs_no_repair(text, sound=sound):
        return text, ()
    return repair_in_full(text)


def needs_no_repair(text: str, *, sound: bool = False) -> bool:
    """Say, at little cost, that no repair would change the text; False means perhaps."""
    if _SUSPECT.search(text) or any(pair in text for pair in _SUSPECT_PAIRS) or text[:1] == " " or text[-1:] == " ":
        return False
    if ("&" in text and _ENTITY.search(text)) or text.count("*") > 1:
        return False
    return sound or is_sound(text)


def is_sound(text: str) -> bool:
    """Say that a text, and so each part of it, is composed and was decoded well; False means perhaps."""
    return text.isascii() or (
        unicodedata.is_normalized("NFC", text)
        and not is_bad(text)
        and not may_be_misread(text)
        and not any(start in text for start in BAD_STARTS)
    )


def repair_in_full(text: str) -> tuple[str, tuple[str, ...]]:
    """Run the whole table until a round changes nothing (at most `ROUNDS`, against endlessly nested damage)."""
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
