"""Every pair of texts that may enter the corpus, before anything is decided about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pipeline.config import EmitConfig
from pipeline.emit.dossier import Dossier
from pipeline.emit.parquet import Row
from pipeline.emit.text import digest
from pipeline.emit.told import LinkedPair
from pipeline.records import Hypothesis, Sentence

PIVOT = "en"


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate row of the corpus; `block_ids[i]` are blocks of `article_ids[i]`."""

    kind: Literal["mt", "mined"]
    src_lang: str
    tgt_lang: str
    src: str
    tgt: str
    score: float
    flags: tuple[str, ...]
    story_id: str
    article_ids: tuple[str, ...]
    block_ids: tuple[tuple[int, ...], ...]

    @property
    def id(self) -> str:
        """Return a name that depends on what the pair says alone: the same in every run and every corpus."""
        return digest(self.kind, self.src_lang, self.tgt_lang, self.src, self.tgt)

    def row(self) -> Row:
        """Return the row of `corpus`."""
        return (
            self.id,
            self.kind,
            self.src_lang,
            self.tgt_lang,
            self.src,
            self.tgt,
            self.score,
            list(self.flags),
            self.story_id,
            list(self.article_ids),
            [list(blocks) for blocks in self.block_ids],
        )


def translated_pairs(dossier: Dossier, config: EmitConfig) -> Iterator[Pair]:
    """Yield the article's text with its machine English, by sentence or by paragraph; English text has no pair."""
    pairs = _sentence_pairs if config.mt_unit == "sentence" else _paragraph_pairs
    return (pair for pair in pairs(dossier) if not is_english(pair.src_lang))


def _sentence_pairs(dossier: Dossier) -> Iterator[Pair]:
    for sentence, hypothesis in dossier.translated():
        yield _translated(dossier, sentence.source, [(sentence, hypothesis)])


def _paragraph_pairs(dossier: Dossier) -> Iterator[Pair]:
    texts = {block.block_id: block.text for block in dossier.kept_blocks()}
    for block_id, members in groupby(dossier.translated(), key=lambda member: member[0].block_id):
        yield _translated(dossier, texts[block_id], list(members))


def _translated(dossier: Dossier, src: str, members: list[tuple[Sentence, Hypothesis]]) -> Pair:
    """Join sentences of one block; the whole is as good as its worst part and carries every part's flags."""
    first = members[0][0]
    return Pair(
        "mt",
        first.lang,
        PIVOT,
        src,
        " ".join(h.english for _, h in members),
        min(h.score for _, h in members),
        tuple(sorted({flag for _, h in members for flag in h.flags})),
        dossier.story_id,
        (dossier.article_id,),
        ((first.block_id,),),
    )


def mined_pairs(linked: Iterable[LinkedPair]) -> Iterator[Pair]:
    """Yield the human-written text of both sides of each bead, English as the target; the flag is the bead's regime."""
    for pair in linked:
        src, tgt = (pair.b, pair.a) if is_english(pair.a.lang) else (pair.a, pair.b)
        yield Pair(
            "mined",
            src.lang,
            tgt.lang,
            src.text,
            tgt.text,
            pair.bead.score,
            (pair.bead.regime,),
            src.story_id,
            (src.article_id, tgt.article_id),
            (src.blocks, tgt.blocks),
        )


def is_english(lang: str) -> bool:
    """Say whether a BCP-47 tag names English of any kind."""
    return lang.partition("-")[0] == PIVOT
