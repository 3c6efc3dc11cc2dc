"""`pipeline run`: the whole flow over a folder of seeds, redoing only what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path

from pipeline.config import Config
from pipeline.emit import EmitCounts, emit
from pipeline.emit.manifest import Maker, write_manifest
from pipeline.emit.quarantine import Quarantined, write_quarantine
from pipeline.encode import load_encoders
from pipeline.errors import ConfigError
from pipeline.report import write_report
from pipeline.runner.articles import chain_of, mark_repeated, process
from pipeline.runner.bench import Bench
from pipeline.runner.catalogue import Catalogue
from pipeline.runner.codec import pack, unpack
from pipeline.runner.corpus import (
    Shelf,
    Told,
    align_stories,
    alignment_keys,
    dossiers,
    tellings,
    told_stories,
)
from pipeline.runner.crew import Crew, Local
from pipeline.runner.grouping import group_stories, grouping_keys
from pipeline.runner.keys import Keyring
from pipeline.runner.ledger import Present, take, write_ledger
from pipeline.runner.progress import Reporter
from pipeline.runner.publish import is_published, publish, published_counts, put_in_place, staging
from pipeline.runner.scan import scan
from pipeline.runner.state import State, exclusive
from pipeline.runner.sweep import sweep, use_translations, use_vectors
from pipeline.runner.translation import StoredMemory, Translated, plan_translations, translate_all
from pipeline.store import ModelStore
from pipeline.translate import Translator

_SLACK = 5_000  # stale cache rows that may gather before they are swept


@dataclass(frozen=True, slots=True)
class Options:
    """Where a run reads and writes, how hard it works, and who does the work."""

    seeds: Path
    output: Path
    models: Path
    config: Config = field(default_factory=Config)
    force: bool = False
    crew: Crew = field(default_factory=Local)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the output holds, how many sentences this run had to translate, and whether it had to write anything."""

    counts: EmitCounts
    quarantined: tuple[Quarantined, ...]
    sent: int
    emitted: bool


@dataclass(frozen=True, slots=True)
class _Findings:
    """What goes into the output: articles, the story of each, the stories that were aligned, what was refused."""

    catalogue: Catalogue
    articles: tuple[Translated, ...]
    stories: dict[str, str]
    told: tuple[Told, ...]


def run(options: Options, reporter: Reporter) -> Summary:
    """Bring the output folder up to date with the seeds.

    Raises OutputLockedError when another run holds the output folder, ConfigError when the seeds folder is missing or
    the output folder lies in it.
    """
    _check(options)
    options.output.mkdir(parents=True, exist_ok=True)
    with exclusive(options.output), State.open(options.output) as state:
        if options.force:
            state.forget()
        with options.crew as crew:
            return _Run(options, Bench(options.config, Keyring(options.config), state, crew), reporter).go()


def _check(options: Options) -> None:
    """Refuse, before anything is made, folders that cannot be meant."""
    if not options.seeds.is_dir():
        raise ConfigError(f"the seeds folder {options.seeds} does not exist; name one with --seeds")
    if options.output.exists() and not options.output.is_dir():
        raise ConfigError(f"{options.output} is no folder; name one with --output")
    if options.output.resolve().is_relative_to(options.seeds.resolve()):
        raise ConfigError(
            f"the output folder {options.output} lies in the seeds folder {options.seeds}, and its files would become "
            "seeds; name another with --output"
        )


class _Run:
    """One run: the tools that its steps share."""

    def __init__(self, options: Options, bench: Bench, reporter: Reporter) -> None:
        self.options = options
        self.config = options.config
        self.state = bench.state
        self.reporter = reporter
        self.bench = bench
        self.store = ModelStore(options.models)
        memory = StoredMemory(bench.state.memory)
        self.translator = Translator(self.store, options.config.translate, memory, bench.crew.decoder)
        self.grouper, self.aligner = load_encoders(self.config.group.encoder, self.config.align.encoder)
        self.present = Present(
            self.bench.keys, self.store, self.translator.terms, (self.grouper.name, self.aligner.name)
        )

    def go(self) -> Summary:
        """Take the seeds through every stage and publish what came out."""
        catalogue = self._process(self._scan())
        articles, sent = self._translate(catalogue)
        shelf = Shelf(articles, self.bench)
        findings = _Findings(catalogue, articles, *self._stories(articles, shelf))
        key = self._output_key(findings)
        emitted = not is_published(self.options.output, key, self.state)
        if emitted:
            self._emit(key, findings, shelf)
        self._remember(findings)
        self._sweep(findings, shelf)
        counts: EmitCounts = unpack(EmitCounts, published_counts(self.state))
        with staging(self.options.output) as folder:
            maker = Maker(self.present.signature, self.store.packs())
            write_manifest(folder, maker, counts, catalogue.quarantined, self.reporter.runs)
            put_in_place(folder / "manifest.json", self.options.output / "manifest.json")
        return Summary(counts, catalogue.quarantined, sent, emitted)

    def _scan(self) -> Catalogue:
        with self.reporter.stage("ingest") as progress:
            return scan(self.options.seeds, self.bench, progress)

    def _process(self, catalogue: Catalogue) -> Catalogue:
        """Clean, identify and segment; an article on which a stage failed moves to the quarantine."""
        cleaned = self._process_until("clean", catalogue)
        marked = replace(cleaned, articles=mark_repeated(cleaned.articles, self.bench))
        return self._process_until("segment", marked)

    def _process_until(self, stage: str, catalogue: Catalogue) -> Catalogue:
        with self.reporter.stage(stage, len(catalogue.articles)) as progress:
            failed = process(catalogue.articles, stage, self.bench, progress)
        return catalogue.without(failed)

    def _translate(self, catalogue: Catalogue) -> tuple[tuple[Translated, ...], int]:
        """Return the articles with the keys of their English, and the number of sentences sent to the translator."""
        articles = plan_translations(catalogue.articles, self.bench, self.translator)
        with self.reporter.stage("translate", len(articles)) as progress:
            sent = translate_all(articles, self.bench, self.translator, progress)
        del self.translator  # its models take as much memory as all that is still to come
        return articles, sent

    def _stories(self, articles: Sequence[Translated], shelf: Shelf) -> tuple[dict[str, str], tuple[Told, ...]]:
        """Return the story of each article, and the stories that were aligned."""
        with self.reporter.stage("group", len(articles)) as progress:
            stories = group_stories(articles, shelf, self.bench, self.grouper, progress)
        told = told_stories(articles, stories, self.bench, self.aligner)
        with self.reporter.stage("align", len(told)) as progress:
            align_stories(told, shelf, self.bench, self.aligner, progress)
        return stories, told

    def _output_key(self, findings: _Findings) -> str:
        """Key the whole output by all that is written into it."""
        members = [f"{a.place.path} {a.key} {findings.stories[a.place.article_id]}" for a in findings.articles]
        members += [f"copy {copy.path} {copy.article_id}" for copy in findings.catalogue.copies]
        members += [f"quarantined {astuple(refused)}" for refused in findings.catalogue.quarantined]
        members += [story.key for story in findings.told]
        return self.bench.keys.of_members("emit", members, self.present.signature)

    def _emit(self, key: str, findings: _Findings, shelf: Shelf) -> None:
        with self.reporter.stage("emit", len(findings.articles)) as progress, staging(self.options.output) as folder:
            found = dossiers(findings.articles, findings.catalogue, findings.stories, shelf)
            linked = tellings(findings.told, findings.stories, shelf, self.state)
            counts = emit(found, linked, self.present.signature, self.config.emit, folder)
            write_quarantine(findings.catalogue.quarantined, folder)
            write_report(folder)
            publish(folder, self.options.output, key, pack(EmitCounts, counts), self.state)
            progress.computed(len(findings.articles))

    def _remember(self, findings: _Findings) -> None:
        """Keep the ledger for `plan`."""
        languages = {lang for article in findings.articles for lang in article.languages}
        write_ledger(take(findings.catalogue, languages, self.present), self.state)

    def _sweep(self, findings: _Findings, shelf: Shelf) -> None:
        """Drop from the cache what is stale, once there is much of it."""
        self.state.results.keep_only(set(self._live(findings, shelf)), slack=_SLACK)
        articles, encoders = findings.articles, (self.grouper, self.aligner)
        keep = self.config.state.keep_days
        sweep(self.state.memory, keep, lambda: use_translations(articles, self.bench, self.store))
        sweep(self.state.vectors, keep, lambda: use_vectors(articles, findings.told, shelf, self.bench, encoders))

    def _live(self, findings: _Findings, shelf: Shelf) -> Iterable[str]:
        """Yield the keys of all results that this output rests on."""
        yield from findings.catalogue.keys
        yield from grouping_keys(findings.articles, self.bench, self.grouper)
        yield from alignment_keys(findings.told, shelf, self.bench, self.aligner)
        for article in findings.articles:
            yield from chain_of(article.place, self.bench.keys).values()
            yield article.key
