"""Bytes to text: which encoding, and which line endings."""

import codecs
import re

from pipeline.errors import SeedError
from pipeline.ingest.legacy import guess

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip file under another name"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file under another name"),
)
SEVEN_BIT: tuple[tuple[bytes, str], ...] = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp"), (b"~{", "hz"))
WIDE_ENCODINGS = ("utf_32_le", "utf_32_be", "utf_16_le", "utf_16_be")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
_HALF = re.compile("[\ud800-\udfff]")
MAX_CONTROL_SHARE = 0.01
MAX_LOST_SHARE = 0.1
MIN_ZERO_SHARE = 0.25  # half of the bytes of ASCII in UTF-16 are zero
# ASCII and line ends, East Asian punctuation, kana, the frequent half of the Han characters, Hangul, Thai.
_FAMILIAR = re.compile("[\t\n\r -~à-öø-ÿ“”‘’—…、。぀-ヿ一-鿿가-힣ก-๛！-～а-яء-ي]")
MIN_FAMILIAR_SHARE = 0.8


def decode(data: bytes, name: str) -> tuple[str, str]:
    r"""Return the text, with `\n` for every line ending, and the name of its encoding.

    A byte order mark decides; then UTF-8, the seven-bit East Asian encodings, UTF-16 and UTF-32 by the place of their
    zero bytes, and the legacy encodings by how the outcome reads. Bytes that the encoding found does not know become
    U+FFFD. Raises SeedError `binary` or `undecodable`.
    """
    text, encoding = decode_verbatim(data, name)
    return unify_line_endings(text), encoding


def decode_verbatim(data: bytes, name: str) -> tuple[str, str]:
    """Return the same text with the line endings that it has."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _finish(data.decode(encoding, "replace"), encoding)
    for magic, kind in MAGIC:
        if data.startswith(magic):
            raise SeedError("binary", f"{name} is {kind}, not text; extract its text first, or remove it")
    for attempt in (_seven_bit, _utf8, decode_wide):
        if found := attempt(data):
            return _finish(*found)
    if b"\0" in data:
        raise SeedError("binary", f"{name} is not text: it holds zero bytes; remove it, or extract its text first")
    if found := _damaged_utf8(data) or _legacy(data, name):
        return _finish(*found)
    raise SeedError("undecodable", f"{name}: no known encoding gives readable text; save it as UTF-8 and run again")


def unify_line_endings(text: str) -> str:
    r"""Write every line ending as `\n`: CR LF, CR and LF, and NEL (U+0085) in a text that has no other.

    Vertical tab, form feed, U+2028 and U+2029 stay: editors and line counters do not start a line there. The
    normalise stage ends a block at them.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x85", "\n") if "\x85" in text and "\n" not in text else text


def mend_halves(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON and HTML can spell but no file can hold."""
    return _HALF.sub("\ufffd", text)


def one_line(value: str | float | None) -> str | None:
    """Return what a container declares on one line, None when it says nothing."""
    return None if value is None else " ".join(mend_halves(str(value)).split()) or None


def decode_wide(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-32 or UTF-16 without a byte order mark; the zero bytes of line ends and ASCII give them away.

    Latin letters two by two read as Han characters: what is UTF-8 but for a few zero bytes is neither.
    """
    zeros = data.count(0)
    if not zeros or (zeros < MIN_ZERO_SHARE * len(data) and _strictly(data, "utf-8") is not None):
        return None
    readings = [
        (encoding, text)
        for encoding in WIDE_ENCODINGS
        if (text := _strictly(data, encoding)) and _control_share(text) <= MAX_CONTROL_SHARE
    ]
    ranked = sorted(readings, key=lambda reading: -_familiar_share(reading[1]))
    if not ranked or _familiar_share(ranked[0][1]) < MIN_FAMILIAR_SHARE:
        return None
    return ranked[0][1], ranked[0][0]


def _finish(text: str, encoding: str) -> tuple[str, str]:
    """Drop a byte order mark; name the encoding as Python does."""
    return text.removeprefix("\ufeff"), codecs.lookup(encoding).name


def _seven_bit(data: bytes) -> tuple[str, str] | None:
    """Decode ISO-2022-JP, ISO-2022-KR or HZ, which look like ASCII."""
    if not data.isascii():
        return None
    for mark, encoding in SEVEN_BIT:
        if mark in data and (text := _strictly(data, encoding)) and not text.isascii():
            return text, encoding
    return None


def _utf8(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 that has no zero bytes."""
    text = None if b"\0" in data else _strictly(data, "utf-8")
    if text is None or _control_share(text) > MAX_CONTROL_SHARE:
        return None
    return text, "utf-8"


def _damaged_utf8(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 in which a few bytes are broken, as a cut or a careless join leaves it."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    foreign = sum(character > "\x7f" for character in text)
    return (text, "utf-8") if 0 < lost <= MAX_LOST_SHARE * foreign else None


def _legacy(data: bytes, name: str) -> tuple[str, str] | None:
    """Decode by the best reading; ask charset-normalizer only about languages that we do not know."""
    found = guess(data, wide_units=len(data) % 2 == 0)
    if found and found.encoding in WIDE_ENCODINGS:
        return data.decode(found.encoding, "replace"), found.encoding
    control = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if control > MAX_CONTROL_SHARE * len(data):
        raise SeedError("binary", f"{name} is not text: {control:,} of its {len(data):,} bytes are control codes")
    if found:
        return data.decode(found.encoding, "replace"), found.encoding
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    return (str(best), best.encoding) if best else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _control_share(text: str) -> float:
    return len(_CONTROL.findall(text)) / len(text) if text else 0.0


def _familiar_share(text: str) -> float:
    return len(_FAMILIAR.findall(text)) / len(text)
