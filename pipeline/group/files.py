"""Versions of plain files: each read, cleaned and identified as a run would do it."""

from pipeline.clean import clean
from pipeline.config import Config
from pipeline.identify import identify
from pipeline.normalise import normalise
from pipeline.records import Kind, Passage, Seed, Version


def version_of_text(name: str, text: str, config: Config) -> Version:
    """Return the kept blocks of a text as a version called `name`, without English."""
    seed = Seed(article_id=name, sha256="", n_bytes=len(text), encoding="utf-8", text=text)
    cleaned = clean(normalise(seed, config.normalise), config.clean)
    identified = identify(cleaned.blocks, None, config.identify)
    passages = tuple(Passage(b.block_id, b.kind, b.text, "", 0.0) for b in identified.blocks if b.keep)
    title = cleaned.metadata.title or next((p.text for p in passages if p.kind == Kind.TITLE), "")
    return Version(name, identified.lang, title, "", passages)
