"""The frozen records that travel between stages.

A stage takes records and returns new ones; nothing is edited in place and nothing is thrown away: a line that the
cleaner removes stays a `Block` with `keep=False` and the rule that removed it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    DEBRIS = "debris"


@dataclass(frozen=True, slots=True)
class Declared:
    """What the container of a seed says about the article, before anybody reads the text."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published: str | None = None
    byline: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Seed:
    """One article as it came in: decoded, line endings as line feeds, otherwise untouched.

    `article_id` is the first 16 hex digits of `sha256`, the digest of the file's bytes (of the record, for JSONL).
    """

    article_id: str
    sha256: str
    n_bytes: int
    encoding: str
    text: str
    declared: Declared = Declared()


class Block(NamedTuple):
    """One unit of an article: a paragraph, a heading, a list item, or a line of debris.

    Lines are 1-based and inclusive, characters 0-based and half-open; both count in `Seed.text`, so that
    `seed.text[char_start:char_end] == text_raw`. A title that only the container declares is block 0 on line 0.
    `text` is `text_raw` after the named `repairs`.
    """

    block_id: int
    line_start: int
    line_end: int
    char_start: int
    char_end: int
    text_raw: str
    text: str
    kind: Kind = Kind.PARAGRAPH
    keep: bool = True
    label: str | None = None
    rule: str | None = None
    repairs: tuple[str, ...] = ()
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the article says about itself, read from the lines that the cleaner removes.

    `published` is an ISO 8601 date or date and time, without a guess at the time zone.
    """

    title: str | None = None
    byline: str | None = None
    source: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article after cleaning: every block, kept or not, and the metadata found on the way."""

    blocks: tuple[Block, ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class LanguageVote:
    """How many characters of an article's kept text speak for a language."""

    lang: str
    characters: int


@dataclass(frozen=True, slots=True)
class Identified:
    """An article with its language (BCP-47) and each block's own."""

    lang: str
    confidence: float
    votes: tuple[LanguageVote, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a kept block; `sent_id` counts from 0 within the block."""

    block_id: int
    sent_id: int
    source: str
    lang: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The English of one sentence.

    `score` is the quality estimate in [0, 1]; `model` names pack and version, `""` when the source is already
    English; `english` is empty when no model speaks the language, with `no_model` among the flags.
    """

    english: str
    score: float
    flags: tuple[str, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A kept block as the corpus stages see it: its own words and its English."""

    block_id: int
    kind: Kind
    text: str
    english: str
    score: float


@dataclass(frozen=True, slots=True)
class Version:
    """One article as grouping and alignment see it: kept blocks only, in page order."""

    article_id: str
    lang: str
    title: str
    title_en: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of a bead's score, each in [0, 1] or None where it could not be computed.

    `nearest` is 1 where a sentence of each side is nearer to one of the other than to any else of that version, else 0.
    """

    encoder: float | None
    nearest: float | None
    pivot: float | None
    names: float | None
    numbers: float | None
    dates: float | None
    length: float | None
    position: float | None


@dataclass(frozen=True, slots=True)
class Bead:
    """Blocks of two versions that say the same thing; `score` is the estimated probability that they do.

    `regime` is `translations` (one text) or `reports` (one event). Block ids ascend on each side. `links` are the
    pairs of blocks in it that share content themselves; the others are in the bead through these. Empty: all of them.
    """

    article_a: str
    article_b: str
    blocks_a: tuple[int, ...]
    blocks_b: tuple[int, ...]
    score: float
    evidence: Evidence
    regime: str
    links: tuple[tuple[int, int], ...] = ()
