"""One article with everything the stages found out about it: what emit writes down."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import Block, Declared, Hypothesis, Identified, Kind, Metadata, Sentence

Status = Literal["ok", "untranslated", "duplicate"]


@dataclass(frozen=True, slots=True)
class Dossier:
    """An article at the end of the flow; `hypotheses` run parallel to `sentences`.

    `identified.blocks` holds every block, kept or not. `status` is `untranslated` when no model speaks the language
    and `duplicate` for a further seed with the same content; `reason` then says why, in words for people.
    """

    article_id: str
    path: str
    sha256: str
    n_bytes: int
    encoding: str
    declared: Declared
    identified: Identified
    metadata: Metadata
    sentences: tuple[Sentence, ...]
    hypotheses: tuple[Hypothesis, ...]
    story_id: str
    status: Status = "ok"
    reason: str | None = None

    @property
    def title(self) -> str | None:
        """Return the headline: found by the cleaner, else declared by the container, else the first title block."""
        block = self.title_block
        return self.metadata.title or self.declared.title or (block.text if block else None)

    @property
    def title_en(self) -> str | None:
        """Return the English of the title block, or None when the title is on no kept line."""
        block = self.title_block
        return self.english().get(block.block_id) if block else None

    @property
    def title_block(self) -> Block | None:
        """Return the kept block that is the title, if any."""
        return next((block for block in self.kept_blocks() if block.kind is Kind.TITLE), None)

    def kept_blocks(self) -> Iterator[Block]:
        """Yield the blocks that are part of the story, in page order."""
        return (block for block in self.identified.blocks if block.keep)

    def translated(self) -> Iterator[tuple[Sentence, Hypothesis]]:
        """Yield each sentence with its English."""
        return zip(self.sentences, self.hypotheses, strict=True)

    def english(self) -> dict[int, str]:
        """Return the English of each block that has any: its sentences' English, joined by spaces."""
        parts: dict[int, list[str]] = defaultdict(list)
        for sentence, hypothesis in self.translated():
            if hypothesis.english:
                parts[sentence.block_id].append(hypothesis.english)
        return {block_id: " ".join(own) for block_id, own in parts.items()}


def duplicate_of(first: Dossier, path: str) -> Dossier:
    """Return what is written about a seed at `path` whose content is that of `first`: an article row, nothing else."""
    return replace(
        first,
        path=path,
        identified=replace(first.identified, blocks=()),
        metadata=replace(first.metadata, title=first.title),
        sentences=(),
        hypotheses=(),
        status="duplicate",
        reason=f"same content as {first.path}",
    )
