"""The stages that look across articles: the versions of a story, their beads, and the dossiers that emit is given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.align import align_story
from pipeline.config import AlignConfig
from pipeline.emit import Telling
from pipeline.emit.dossier import Dossier, Status, duplicate_of
from pipeline.encode import Encoder
from pipeline.records import Bead, Cleaned, Hypothesis, Identified, Kind, Passage, Seed, Sentence, Version
from pipeline.runner.articles import chain_of
from pipeline.runner.bench import Bench
from pipeline.runner.catalogue import Catalogue, Place
from pipeline.runner.codec import pack, unpack
from pipeline.runner.crew import Tools
from pipeline.runner.pairs import StoredPairs, pair_keys
from pipeline.runner.progress import Progress
from pipeline.runner.state import State
from pipeline.runner.steps import RESULT_TYPES
from pipeline.runner.translation import Translated
from pipeline.store import missing_model

_BEADS = tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class ArticleResults:
    """All that the per-article stages found out about one article."""

    place: Place
    seed: Seed
    cleaned: Cleaned
    identified: Identified
    sentences: tuple[Sentence, ...]
    hypotheses: tuple[Hypothesis, ...]


class Shelf:
    """Reads the cached results of translated articles back, one article at a time."""

    def __init__(self, articles: Sequence[Translated], bench: Bench) -> None:
        self._articles = {article.place.article_id: article for article in articles}
        self._bench = bench

    @property
    def keys(self) -> dict[str, str]:
        """The key of each article's last result, by article id."""
        return {article_id: article.key for article_id, article in self._articles.items()}

    def results(self, article_id: str) -> ArticleResults:
        """Return everything known about an article."""
        article = self._articles[article_id]
        chain = chain_of(article.place, self._bench.keys) | {"translate": article.key}
        wanted = ("ingest", "clean", "identify", "segment", "translate")
        payloads = self._bench.state.results.get_many(chain[stage] for stage in wanted)
        return ArticleResults(article.place, *(unpack(RESULT_TYPES[stage], payloads[chain[stage]]) for stage in wanted))

    def version(self, article_id: str) -> Version:
        """Return an article as grouping and alignment see it."""
        results = self.results(article_id)
        english: dict[int, list[Hypothesis]] = defaultdict(list)
        for sentence, hypothesis in zip(results.sentences, results.hypotheses, strict=True):
            english[sentence.block_id].append(hypothesis)
        passages = tuple(
            Passage(
                block.block_id,
                block.kind,
                block.text,
                " ".join(h.english for h in english[block.block_id] if h.english),
                min((h.score for h in english[block.block_id]), default=0.0),
            )
            for block in results.identified.blocks
            if block.keep
        )
        headline = next((passage for passage in passages if passage.kind is Kind.TITLE), None)
        title = results.cleaned.metadata.title or (headline.text if headline else "")
        return Version(article_id, results.identified.lang, title, headline.english if headline else "", passages)


@dataclass(frozen=True, slots=True)
class Told:
    """A story told by two articles or more, and the key of its beads."""

    members: tuple[str, ...]
    key: str


def told_stories(
    articles: Sequence[Translated], stories: dict[str, str], bench: Bench, encoder: Encoder
) -> tuple[Told, ...]:
    """Return the stories that have versions to align, ordered by story."""
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for article in articles:
        article_id = article.place.article_id
        members[stories[article_id]][article_id] = f"{article_id} {article.key}"
    return tuple(
        Told(tuple(sorted(told)), bench.keys.of_members("align", list(told.values()), encoder.name))
        for _, told in sorted(members.items())
        if len(told) > 1
    )


@dataclass(frozen=True, slots=True)
class AlignStory:
    """The errand of aligning a story's versions; `pairs` are the keys of what two of them say to each other."""

    key: str
    versions: tuple[Version, ...]
    pairs: Mapping[tuple[str, str], str]
    config: AlignConfig

    def keys(self) -> Iterable[str]:
        """Return the keys of the pairs."""
        return self.pairs.values()

    def run(self, tools: Tools) -> dict[str, bytes]:
        """Return the beads under the story's key."""
        remember = StoredPairs(self.pairs, tools.rows)
        beads = align_story(self.versions, tools.encoder, self.config, tools.vectors, remember=remember)
        return {self.key: pack(_BEADS, beads)}


def align_stories(told: Sequence[Told], shelf: Shelf, bench: Bench, encoder: Encoder, progress: Progress) -> None:
    """Align each story that has no beads in the cache, as far as its pairs are not known either, and commit it."""
    done = bench.state.results.have(story.key for story in told)
    progress.reused(len(done))
    own = shelf.keys
    waiting = (_errand(story, shelf, own, bench, encoder) for story in told if story.key not in done)
    for rows in bench.crew.errands(waiting, bench.tools(encoder)):
        bench.state.results.put_many(rows)
        progress.computed(1)


def _errand(story: Told, shelf: Shelf, own: Mapping[str, str], bench: Bench, encoder: Encoder) -> AlignStory:
    versions = tuple(shelf.version(article_id) for article_id in story.members)
    return AlignStory(story.key, versions, pair_keys(story.members, own, bench.keys, encoder), bench.config.align)


def alignment_keys(told: Sequence[Told], shelf: Shelf, bench: Bench, encoder: Encoder) -> Iterator[str]:
    """Yield the keys of all that the beads of these stories rest on."""
    own = shelf.keys
    for story in told:
        yield story.key
        yield from pair_keys(story.members, own, bench.keys, encoder).values()


def tellings(told: Sequence[Told], stories: dict[str, str], shelf: Shelf, state: State) -> Iterator[Telling]:
    """Yield the stories whose versions are linked, one at a time."""
    for story in told:
        beads: tuple[Bead, ...] = unpack(_BEADS, state.results.get_many([story.key])[story.key])
        linked = sorted({article_id for bead in beads for article_id in (bead.article_a, bead.article_b)})
        if linked:
            yield Telling(tuple(_dossier(shelf.results(own), stories[own]) for own in linked), beads)


def dossiers(
    articles: Sequence[Translated], catalogue: Catalogue, stories: dict[str, str], shelf: Shelf
) -> Iterator[Dossier]:
    """Yield one dossier an article, and after it one for each further seed with the same bytes."""
    copies: dict[str, list[Place]] = defaultdict(list)
    for copy in catalogue.copies:
        copies[copy.article_id].append(copy)
    for article in articles:
        article_id = article.place.article_id
        dossier = _dossier(shelf.results(article_id), stories[article_id])
        yield dossier
        for copy in copies[article_id]:
            yield duplicate_of(dossier, copy.path)


def _dossier(results: ArticleResults, story_id: str) -> Dossier:
    status, reason = _status(results)
    return Dossier(
        article_id=results.place.article_id,
        path=results.place.path,
        sha256=results.seed.sha256,
        n_bytes=results.seed.n_bytes,
        encoding=results.seed.encoding,
        declared=results.seed.declared,
        identified=results.identified,
        metadata=results.cleaned.metadata,
        sentences=results.sentences,
        hypotheses=results.hypotheses,
        story_id=story_id,
        status=status,
        reason=reason,
    )


def _status(results: ArticleResults) -> tuple[Status, str | None]:
    """Call an article untranslated when the sentences of its main language found no model."""
    main = [
        hypothesis
        for sentence, hypothesis in zip(results.sentences, results.hypotheses, strict=True)
        if sentence.lang == results.identified.lang
    ]
    if any("no_model" in hypothesis.flags for hypothesis in main):
        return "untranslated", missing_model(results.identified.lang)
    return "ok", None
