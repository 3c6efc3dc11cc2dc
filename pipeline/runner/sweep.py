"""Forget translations and vectors that no article needs and nothing has asked for in a long time."""

from collections.abc import Callable, Iterable, Sequence

from pipeline.align.side import build_side
from pipeline.encode import Encoder
from pipeline.group.article import build_article
from pipeline.records import Hypothesis, Sentence
from pipeline.runner.bench import Bench
from pipeline.runner.codec import unpack
from pipeline.runner.corpus import Shelf, Told
from pipeline.runner.steps import RESULT_TYPES
from pipeline.runner.tables import DatedTable, today
from pipeline.runner.translation import Translated
from pipeline.runner.vectors import StoredVectors
from pipeline.store import ModelStore
from pipeline.translate import Translator

_SLACK = 1_000  # old rows that may gather before the articles are asked which of these they need


def sweep(table: DatedTable, keep_days: int, use_again: Callable[[], None]) -> None:
    """Drop the rows last used more than so many days ago; `use_again` touches those that articles of today need.

    What articles need is rarely read, for their own results are cached. So what is old is not therefore unneeded, and
    the articles are gone through; what they need counts as used today, and they are left in peace for as many days.
    """
    oldest = today() - keep_days
    if table.count_unused(oldest) > _SLACK:
        use_again()
        table.drop_unused(oldest)


def use_translations(articles: Iterable[Translated], bench: Bench, store: ModelStore) -> None:
    """Touch the translation memory as if all articles were translated now."""
    translator = Translator(store, bench.config.translate, _Asked(bench.state.memory))
    for article in articles:
        payload = bench.state.results.get_many([article.segment_key])[article.segment_key]
        sentences: tuple[Sentence, ...] = unpack(RESULT_TYPES["segment"], payload)
        translator.translate([(sentence.source, sentence.lang) for sentence in sentences])


def use_vectors(
    articles: Iterable[Translated], told: Sequence[Told], shelf: Shelf, bench: Bench, encoders: tuple[Encoder, Encoder]
) -> None:
    """Touch the vectors as if all articles were grouped, and their stories aligned, now."""
    grouper, aligner = encoders
    vectors = StoredVectors(bench.state.vectors)
    aligned = {article_id for story in told for article_id in story.members}
    for article in articles:
        version = shelf.version(article.place.article_id)
        build_article(version, grouper, vectors)
        if version.article_id in aligned and version.passages:
            build_side(version, aligner, vectors)


class _Asked:
    """A memory that knows everything, of which it only matters what it is asked for."""

    def __init__(self, table: DatedTable) -> None:
        self._table = table

    def get_many(self, keys: Iterable[str]) -> dict[str, Hypothesis]:
        """Touch these rows; the hypotheses say nothing."""
        asked = list(keys)
        self._table.touch(asked)
        return dict.fromkeys(asked, Hypothesis("", 0.0))

    def put_many(self, _: object) -> None:
        """Keep nothing."""
