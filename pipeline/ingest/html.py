"""Reduce an HTML page to its main text, with trafilatura when it is installed."""

import codecs
import re

from pipeline.errors import MissingExtraError, SeedError
from pipeline.ingest.decode import decode, mend_halves, one_line, unify_line_endings
from pipeline.ingest.legacy import reads_well
from pipeline.ingest.structure import write_out
from pipeline.records import Declared

HEAD_BYTES = 4096
# trafilatura's own, but for the latest date, which would be today: what comes out must not depend on when
ANY_DATE = {"original_date": True, "extensive_search": True, "max_date": "2100-01-01"}
SHORTEST = 20  # characters of an article; what is shorter is the label of a link
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
# Codecs of Python that no page is written in, and those in which nobody could have read the declaration.
NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}) | frozenset(
    f"utf-{bits}{order}" for bits in (16, 32) for order in ("", "-le", "-be")
)
# Pages name an encoding and use its superset, as browsers know.
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "iso8859-9": "cp1254",
}


def extract(content: bytes, name: str) -> tuple[str, Declared, str]:
    """Return a page's main text with its headings, lists and quotes marked, what its head declares, and its encoding.

    Raises SeedError `needs_extra` without trafilatura, `empty` when the page holds no article, `failed` when
    trafilatura fails on it.
    """
    try:
        import trafilatura
        from trafilatura.settings import Document
    except ImportError as error:
        raise SeedError("needs_extra", f"{name}: {MissingExtraError('reading HTML', 'html')}") from error
    source, encoding = _decode_page(content, name)
    try:
        document = trafilatura.bare_extraction(
            source, with_metadata=True, include_comments=False, date_extraction_params=ANY_DATE
        )
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise SeedError("failed", f"{name}: reading the HTML failed ({reason}); save its text as .txt") from error
    if not isinstance(document, Document) or not document.text or len(document.text) < SHORTEST:
        raise SeedError("empty", f"{name}: no article found in the page; save its text as .txt to use it as it is")
    declared = Declared(
        url=one_line(document.url),
        title=one_line(document.title),
        language=one_line(document.language),
        published=one_line(document.date),
        byline=one_line(document.author),
        source=one_line(document.sitename),
    )
    text = (write_out(document.body) if document.body is not None else "") or document.text
    return unify_line_endings(mend_halves(text)), declared, encoding


def _decode_page(content: bytes, name: str) -> tuple[str, str]:
    """Decode a page; a charset declaration counts where the bytes are not UTF-8 and read well in it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _declared_charset(content)
        if encoding and reads_well(content, encoding):
            return unify_line_endings(content.decode(encoding, "replace")), encoding
    return decode(content, name)


def _declared_charset(content: bytes) -> str | None:
    """Return the Python codec for the charset that a page's head names, None when there is none."""
    match = _CHARSET.search(content[:HEAD_BYTES])
    if not match:
        return None
    try:
        encoding = codecs.lookup(match[1].decode("ascii")).name
        if encoding in NO_CHARSETS:
            return None
        b"a".decode(encoding, "replace")  # LookupError for codecs that are no character sets
    except LookupError:
        return None
    return SUPERSETS.get(encoding, encoding)
