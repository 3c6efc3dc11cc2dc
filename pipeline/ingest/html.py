"""Reduce an HTML page to its main text, with trafilatura when it is installed."""

from dataclasses import dataclass

from pipeline.errors import MissingExtraError, SeedError
from pipeline.ingest.decode import decode, unify_line_endings
from pipeline.records import Declared


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of a page and what its head declares."""

    text: str
    declared: Declared


def extract(content: bytes, name: str) -> tuple[Page, str]:
    """Return the page's main text, metadata and encoding.

    Raises SeedError `needs_extra` without trafilatura, `empty` when the page holds no article.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise SeedError("needs_extra", f"{name}: {MissingExtraError('reading HTML', 'html')}") from error
    source, encoding = decode(content, name)
    document = trafilatura.bare_extraction(source, with_metadata=True, include_comments=False)
    text = getattr(document, "text", None)
    if document is None or not text:
        raise SeedError("empty", f"{name}: no article text found in the page; save it as .txt to use it as it is")
    declared = Declared(url=document.url, title=document.title, language=document.language, published=document.date)
    return Page(unify_line_endings(text), declared), encoding
