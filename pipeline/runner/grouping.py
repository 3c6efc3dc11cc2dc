"""Group articles, redoing what new articles bring: what one or two articles say by themselves is remembered."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import cast

import numpy as np
import zstandard

from pipeline.encode import Encoder
from pipeline.group.article import Article, Sketch, build_article
from pipeline.group.compare import closeness, coverage
from pipeline.group.group import Measure, group_sketches, sketch
from pipeline.records import Version
from pipeline.runner.bench import Bench
from pipeline.runner.codec import pack, unpack
from pipeline.runner.corpus import Shelf
from pipeline.runner.crew import Tools
from pipeline.runner.progress import Progress
from pipeline.runner.translation import Translated

_STORIES = dict[str, str]
_TOKENS = dict[str, int]
_VALUES = dict[str, float]
_MEAN, _TOLD, _GIST = "mean", "tokens", "gist"
_BATCH = 64  # articles of which what is known is read and written together: what a kill can lose
_HELD = 32 * 2**20  # bytes of vectors, of the articles compared last, that stay at hand


def group_key(articles: Sequence[Translated], bench: Bench, encoder: Encoder) -> str:
    """Return the key of the stories of exactly these articles."""
    return bench.keys.of_members("group", [f"{a.place.article_id} {a.key}" for a in articles], encoder.name)


def group_stories(
    articles: Sequence[Translated], shelf: Shelf, bench: Bench, encoder: Encoder, progress: Progress
) -> dict[str, str]:
    """Return the story of each article; cached for the exact set of articles, and what it rests on article by article.

    `articles` ascend by id.
    """
    key = group_key(articles, bench, encoder)
    known = bench.state.results.get(key)
    if known is None:
        study = _Study(articles, shelf, bench, encoder)
        known = pack(_STORIES, group_sketches(study.sketches(progress), study.compare, bench.config.group))
        bench.state.results.put(key, known)
    else:
        progress.reused(len(articles))
    stories: dict[str, str] = unpack(_STORIES, known)
    return stories


def grouping_keys(articles: Sequence[Translated], bench: Bench, encoder: Encoder) -> Iterator[str]:
    """Yield the keys of all that the grouping of these articles rests on."""
    yield group_key(articles, bench, encoder)
    for article in articles:
        own = _own_key(article, bench, encoder)
        yield from (f"{own}:{part}" for part in (_MEAN, _TOLD, _GIST, closeness.__name__, coverage.__name__))


def _own_key(article: Translated, bench: Bench, encoder: Encoder) -> str:
    return bench.keys.key("group", article.key, encoder.name)


@dataclass(frozen=True, slots=True)
class SketchArticle:
    """The errand of finding out what is to know of one article by itself; `key` begins the keys of its rows."""

    key: str
    version: Version

    @property
    def versions(self) -> tuple[Version, ...]:
        """The one version it reads."""
        return (self.version,)

    def keys(self) -> tuple[str, ...]:
        """Return nothing: it rests on no other result."""
        return ()

    def run(self, tools: Tools) -> dict[str, bytes]:
        """Return the rows of the article."""
        article = build_article(self.version, tools.encoder, tools.vectors)
        found = sketch(self.version, article)
        if article is None or found is None:
            return {f"{self.key}:{_MEAN}": b""}
        return {
            f"{self.key}:{_MEAN}": zstandard.compress(found.mean.tobytes()),
            f"{self.key}:{_TOLD}": pack(_TOKENS, found.tokens),
            f"{self.key}:{_GIST}": pack(Version, article.side.version),
        }


class _Study:
    """What is known of articles and of pairs of them; what is not is found out and written down.

    An article has a row for each thing known: its mean vector (empty for one without a word), its names and numbers,
    its telling passages, and a row for each measure, with the values of the pairs in which it is the lower.
    """

    def __init__(self, articles: Sequence[Translated], shelf: Shelf, bench: Bench, encoder: Encoder) -> None:
        self._keys = {article.place.article_id: _own_key(article, bench, encoder) for article in articles}
        self._shelf = shelf
        self._results = bench.state.results
        self._tools = bench.tools(encoder)
        self._crew = bench.crew
        self._held: OrderedDict[str, Article] = OrderedDict()
        self._n_held = 0

    def sketches(self, progress: Progress) -> Iterator[tuple[str, Sketch | None]]:
        """Yield the sketch of each article, by id."""
        ids = iter(self._keys)
        while batch := list(islice(ids, _BATCH * self._crew.width)):
            parts = [f"{self._keys[article_id]}:{part}" for article_id in batch for part in (_MEAN, _TOLD)]
            known = self._results.get_many(parts)
            fresh = [article_id for article_id in batch if f"{self._keys[article_id]}:{_MEAN}" not in known]
            errands = (SketchArticle(self._keys[article_id], self._shelf.version(article_id)) for article_id in fresh)
            made = {name: row for rows in self._crew.errands(errands, self._tools) for name, row in rows.items()}
            self._results.put_many(made)
            progress.computed(len(fresh))
            progress.reused(len(batch) - len(fresh))
            yield from ((article_id, _read_sketch(self._keys[article_id], known | made)) for article_id in batch)

    def compare(self, measure: Measure, pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
        """Yield the measure of each pair, from the rows of the lower articles where it stands there."""
        by_lower = ((lower, [higher for _, higher in own]) for lower, own in groupby(pairs, itemgetter(0)))
        while batch := list(islice(by_lower, _BATCH)):
            rows = self._results.get_many(f"{self._keys[lower]}:{measure.__name__}" for lower, _ in batch)
            changed: dict[str, bytes] = {}
            found: list[float] = []
            for lower, others in batch:
                row = f"{self._keys[lower]}:{measure.__name__}"
                known: dict[str, float] = unpack(_VALUES, rows[row]) if row in rows else {}
                values = {self._keys[other][-16:]: self._value(measure, lower, other, known) for other in others}
                if values != known:
                    changed[row] = pack(_VALUES, values)
                found += values.values()
            self._results.put_many(changed)
            yield from found

    def _value(self, measure: Measure, lower: str, higher: str, known: dict[str, float]) -> float:
        value = known.get(self._keys[higher][-16:])
        return measure(self._article(lower), self._article(higher)) if value is None else value

    def _article(self, article_id: str) -> Article:
        """Return an article that has words; of those asked for last, some are held."""
        if article_id in self._held:
            self._held.move_to_end(article_id)
            return self._held[article_id]
        row = f"{self._keys[article_id]}:{_GIST}"
        gist: Version = unpack(Version, self._results.get_many([row])[row])
        built = build_article(gist, self._tools.encoder, self._tools.vectors)
        article = cast("Article", built)  # what has a gist has words
        self._held[article_id] = article
        self._n_held += _size(article)
        while self._n_held > _HELD:
            self._n_held -= _size(self._held.popitem(last=False)[1])
        return article


def _size(article: Article) -> int:
    return article.side.rows.nbytes + article.side.unit_rows.nbytes


def _read_sketch(key: str, rows: dict[str, bytes]) -> Sketch | None:
    mean = rows[f"{key}:{_MEAN}"]
    if not mean:
        return None
    vector = np.frombuffer(zstandard.decompress(mean), dtype=np.float32)
    return Sketch(vector, unpack(_TOKENS, rows[f"{key}:{_TOLD}"]))
