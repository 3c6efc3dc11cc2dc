"""Bytes to text: which encoding, and which line endings."""

import codecs

from pipeline.errors import SeedError

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text, with `\\n` for every line ending, and the name of its encoding."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return unify_line_endings(data.decode(encoding, "replace")), encoding
    if b"\0" in data:
        raise SeedError("binary", f"{name} is not text: it holds NUL bytes; remove it")
    try:
        return unify_line_endings(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise SeedError("undecodable", f"{name}: no known encoding fits; save it as UTF-8")
    return unify_line_endings(str(best)), best.encoding


def unify_line_endings(text: str) -> str:
    """Write every line ending as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
