"""Translate what has no English yet: sentences of many articles pooled, committed a pool at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Hypothesis, Sentence
from pipeline.runner.articles import chain_of, read_notes
from pipeline.runner.bench import Bench
from pipeline.runner.catalogue import Place
from pipeline.runner.codec import pack, unpack
from pipeline.runner.progress import Progress
from pipeline.runner.steps import RESULT_TYPES
from pipeline.runner.tables import Table
from pipeline.translate import Translator

POOL = 4096  # sentences translated together: enough to fill batches, little enough to lose


class StoredMemory:
    """The translation memory, kept in the state store."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get_many(self, keys: Iterable[str]) -> dict[str, Hypothesis]:
        """Return the hypotheses already known."""
        return {key: unpack(Hypothesis, payload) for key, payload in self._table.get_many(keys).items()}

    def put_many(self, hypotheses: Mapping[str, Hypothesis]) -> None:
        """Remember hypotheses."""
        self._table.put_many({key: pack(Hypothesis, hypothesis) for key, hypothesis in hypotheses.items()})


@dataclass(frozen=True, slots=True)
class Translated:
    """An article's place with the key of its translation, and the languages of its sentences."""

    place: Place
    segment_key: str
    key: str
    languages: tuple[str, ...]


def plan_translations(places: Sequence[Place], bench: Bench, translator: Translator) -> tuple[Translated, ...]:
    """Key each article's translation by its sentences and the models of their languages."""
    notes = read_notes(places, "segment", bench)
    result = []
    for place in places:
        segment_key = chain_of(place, bench.keys)["segment"]
        languages = tuple(notes[place.article_id].decode().split())
        models = [f"{lang}={translator.signature(lang)}" for lang in languages]
        result.append(Translated(place, segment_key, bench.keys.key("translate", segment_key, *models), languages))
    return tuple(result)


def translate_all(articles: Sequence[Translated], bench: Bench, translator: Translator, progress: Progress) -> int:
    """Translate the articles whose translation is not cached; return how many sentences were sent."""
    done = bench.state.results.have(article.key for article in articles)
    progress.reused(len(done))
    sent = 0
    for pool in _pools([article for article in articles if article.key not in done], bench):
        sentences = [(s.source, s.lang) for _, own in pool for s in own]
        hypotheses = iter(translator.translate(sentences))
        sent += len(sentences)
        bench.state.results.put_many(
            {
                article.key: pack(RESULT_TYPES["translate"], tuple(next(hypotheses) for _ in own))
                for article, own in pool
            }
        )
        progress.computed(len(pool))
    return sent


def _pools(articles: Sequence[Translated], bench: Bench) -> Iterator[list[tuple[Translated, tuple[Sentence, ...]]]]:
    pool: list[tuple[Translated, tuple[Sentence, ...]]] = []
    size = 0
    for article in articles:
        payload = bench.state.results.get_many([article.segment_key])[article.segment_key]
        sentences: tuple[Sentence, ...] = unpack(RESULT_TYPES["segment"], payload)
        pool.append((article, sentences))
        size += len(sentences)
        if size >= POOL * bench.crew.width:
            yield pool
            pool, size = [], 0
    if pool:
        yield pool
