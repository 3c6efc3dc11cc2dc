"""What a run wrote, in numbers."""

from collections import Counter
from dataclasses import dataclass, field

from pipeline.emit.dossier import Dossier
from pipeline.translate.shares import Shares, flagged


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened: rows of a kind in a split, pairs of a kind dropped for a reason."""

    group: str
    name: str
    n: int


Groups = Counter[tuple[str, str]]


def tallies(groups: Groups) -> tuple[Tally, ...]:
    """Return counts as records, sorted by group and name, without the zeros."""
    return tuple(Tally(group, name, n) for (group, name), n in sorted(groups.items()) if n)


@dataclass(frozen=True, slots=True)
class EmitCounts:
    """The rows of every table.

    `articles` is tallied by status and language, `blocks` by kept or removed and label or kind, `sentences` by language
    and flag (`all` counts every sentence), `groups` by regime and number of versions, `corpus` by split and kind,
    `dropped` by kind and reason. `cut` counts the alignments that are in no group, `flagged` the machine's sentences
    with a fault, before and after the retry.
    """

    articles: tuple[Tally, ...]
    blocks: tuple[Tally, ...]
    sentences: tuple[Tally, ...]
    stories: int
    alignments: int
    groups: tuple[Tally, ...]
    cut: int
    corpus: tuple[Tally, ...]
    dropped: tuple[Tally, ...]
    flagged: Shares = field(default_factory=Shares)


class ArticleTally:
    """Counts over the articles that go by."""

    def __init__(self) -> None:
        self.articles: Groups = Counter()
        self.blocks: Groups = Counter()
        self.sentences: Groups = Counter()
        self.stories: set[str] = set()
        self.flagged = Shares()

    def add(self, dossier: Dossier) -> None:
        """Count one article; of a duplicate, only that there is one."""
        self.articles[dossier.status, dossier.identified.lang] += 1
        if dossier.status == "duplicate":
            return
        self.stories.add(dossier.story_id)
        for block in dossier.identified.blocks:
            self.blocks["kept", block.kind.value] += block.keep
            self.blocks["removed", block.label or block.kind.value] += not block.keep
        self.flagged += flagged(hypothesis.flags for hypothesis in dossier.hypotheses if hypothesis.model)
        for sentence, english in dossier.translated():
            self.sentences.update((sentence.lang, name) for name in ("all", *english.flags))
