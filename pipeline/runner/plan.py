"""`pipeline plan`: what a run would recompute, and why, without changing anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.encode import load_encoders
from pipeline.runner.articles import chain_of, mark_repeated, read_notes
from pipeline.runner.bench import Bench
from pipeline.runner.catalogue import Catalogue, Place
from pipeline.runner.keys import ARTICLE_STAGES, STAGES, Keyring
from pipeline.runner.ledger import Ledger, Present, content_of, model_of, read_ledger
from pipeline.runner.progress import Progress
from pipeline.runner.publish import is_untouched
from pipeline.runner.run import Options
from pipeline.runner.scan import scan
from pipeline.runner.state import State
from pipeline.runner.translation import plan_translations
from pipeline.store import ModelStore
from pipeline.translate import DictMemory, Translator


@dataclass(frozen=True, slots=True)
class Change:
    """One seed that a run would work on: the first stage it would redo, and the reason."""

    path: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: per seed, and for the stages that look across articles."""

    changes: tuple[Change, ...]
    corpus: tuple[str, ...]
    unchanged: int


def plan(options: Options) -> Plan:
    """Compare the seeds, the code, the settings and the models with those of the last run."""
    with State.read(options.output) as state:
        return _Planner(options, state).plan()


class _Planner:
    """The present, and the ledger of the last run."""

    def __init__(self, options: Options, state: State) -> None:
        self.options = options
        self.bench = Bench(options.config, Keyring(options.config), state)
        store, config = ModelStore(options.models), options.config
        self.translator = Translator(store, config.translate, DictMemory())
        grouper, aligner = load_encoders(config.group.encoder, config.align.encoder)
        self.present = Present(self.bench.keys, store, self.translator.terms, (grouper.name, aligner.name))
        self.ledger = read_ledger(state) or Ledger({}, {}, {})

    def plan(self) -> Plan:
        catalogue = scan(self.options.seeds, self.bench, Progress(lambda _: None))
        redone = tuple(self._redone(catalogue))
        known = self._known(catalogue, {change.path for change in redone})
        changes = (*redone, *known, *self._refused(catalogue), *self._removed(catalogue))
        touched = {change.path for change in changes}
        unchanged = sum(place.path not in touched for place in catalogue.articles)
        return Plan(tuple(sorted(changes, key=lambda change: change.path)), self._corpus(bool(changes)), unchanged)

    def _redone(self, catalogue: Catalogue) -> Iterator[Change]:
        """Yield the articles whose own results are not in the cache."""
        places = mark_repeated(catalogue.articles, self.bench)
        segmented = read_notes(places, "segment", self.bench)
        for place in places:
            if place.article_id not in segmented:
                chain = chain_of(place, self.bench.keys)
                have = self.bench.state.results.have(chain.values())
                stage = next((name for name in ARTICLE_STAGES if chain[name] not in have), "segment")
                yield Change(place.path, stage, self._reason(place, stage))
        yield from self._retranslated(tuple(place for place in places if place.article_id in segmented))

    def _retranslated(self, places: tuple[Place, ...]) -> Iterator[Change]:
        articles = plan_translations(places, self.bench, self.translator)
        done = self.bench.state.results.have(article.key for article in articles)
        for article in articles:
            if article.key not in done:
                yield Change(
                    article.place.path, "translate", self._reason(article.place, "translate", article.languages)
                )

    def _known(self, catalogue: Catalogue, redone: set[str]) -> Iterator[Change]:
        """Yield articles whose own results are in the cache but that stood elsewhere in the last run, or nowhere."""
        known = set(self.ledger.places.values())
        for place in (*catalogue.articles, *catalogue.copies):
            if place.path not in redone and self.ledger.places.get(place.path) != place.article_id:
                if place.article_id in known:
                    yield Change(place.path, "emit", "renamed or copied")
                else:
                    yield Change(place.path, "group", self._reason(place, "group"))

    def _refused(self, catalogue: Catalogue) -> Iterator[Change]:
        """Yield seeds that go to the quarantine and were not there, with this content, in the last run."""
        for refused in catalogue.quarantined:
            if self.ledger.places.get(refused.path) != content_of(refused):
                yield Change(refused.path, "emit", f"quarantined: {refused.code}")

    def _removed(self, catalogue: Catalogue) -> Iterator[Change]:
        present = {place.path for place in (*catalogue.articles, *catalogue.copies)}
        present |= {refused.path for refused in catalogue.quarantined}
        for path in self.ledger.places:
            if path not in present:
                yield Change(path, "group", "removed")

    def _reason(self, place: Place, stage: str, languages: tuple[str, ...] = ()) -> str:
        """Say why an article's result at a stage is not in the cache."""
        before = self.ledger.places.get(place.path)
        if before != place.article_id:
            known = place.article_id in self.ledger.places.values()
            return "changed" if before else "new" if not known else "renamed"
        if place.repeated and stage == "identify":
            return "lines that recur over its source"
        return (
            self._part(stage)
            or self._model(languages)
            or ("the glossary or the names to keep" if languages and self.ledger.terms != self.present.terms else "")
            or "no result kept from an earlier run"
        )

    def _part(self, stage: str) -> str | None:
        """Name the first stage up to this one whose version or settings differ from the last run's."""
        for name in STAGES[: STAGES.index(stage) + 1]:
            before, now = self.ledger.parts.get(name, {}), self.bench.keys.parts[name]
            for what in now:
                if before.get(what, now[what]) != now[what]:
                    return _difference(name, what, before[what], now[what])
        return None

    def _model(self, languages: tuple[str, ...]) -> str | None:
        changed = [lang for lang in languages if self.ledger.models.get(lang, "") != model_of(self.present.store, lang)]
        return f"model: {', '.join(changed)}" if changed else None

    def _corpus(self, touched: bool) -> tuple[str, ...]:  # noqa: FBT001 (private)
        """Return the reasons for redoing group, align or emit."""
        if touched or not self.ledger.parts:
            return ("group, align and emit: the articles change",) if touched else ("everything: no run has finished",)
        before, now = self.ledger.encoders, self.present.encoders
        if before != now:
            return (f"group, align and emit: encoder {', '.join(before)} → {', '.join(now)}",)
        if reason := self._part("emit"):
            return (f"from there on: {reason}",)
        if self.ledger.signature != self.present.signature:
            return ("emit: other models or terms, which no article here needs, stand in the signature",)
        if not is_untouched(self.options.output, self.bench.state):
            return ("emit: files in the output folder were changed or removed",)
        return ()


def _difference(stage: str, what: str, before: str, now: str) -> str:
    if what == "config":
        return f"configuration: [{stage}]"
    if what == "version":
        return f"stage version: {stage} {before} → {now}"
    return f"library: {what} {before} → {now}"
