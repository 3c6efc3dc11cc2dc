"""Score alignment: versions with known links, independent reports, and sentences of literature."""

import json
from collections.abc import Collection, Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from pipeline.align import align_pair, align_story
from pipeline.align.lines import English, translator, version_of_lines
from pipeline.align.scorecard import Scorecards, load_scorecards, parse_scorecard
from pipeline.config import Config
from pipeline.encode import Encoder, MemoryCache, load_encoder
from pipeline.eval.links import Counts, GoldPair, Link, count
from pipeline.eval.reports import Graded, read_reports
from pipeline.eval.rungs import read_rungs, rung_scores
from pipeline.eval.score import Score
from pipeline.eval.stories import read_stories, story_cards
from pipeline.eval.vectors import shared_vectors
from pipeline.records import Bead, Version

FOLDS = 5
EVERY = 3  # one chapter of literature in three: to encode them all takes ten minutes on two cores
SETS = ("multi", "seeds", "reports", "mac")


def evaluate(  # noqa: PLR0917 - the last three are for benchmarks
    gold: Path,
    seeds: Path = Path("../shared/seeds"),
    models: Path = Path("models"),
    encoder: Encoder | None = None,
    every: int = EVERY,
    sets: Collection[str] = SETS,
) -> list[Score]:
    """Return the scores `beads.multi.*`, `.seeds.*`, `.reports.*` and `.mac.*` of those `sets` that are there.

    A document of `multi` is judged by a scorecard that was estimated without it (see `fold_card`), a story of our own
    (`seeds` and `reports`) likewise; of `mac`, one chapter in `every` is scored, and the score is called
    `beads.mac_sample.*` unless it is of them all.
    """
    encoder = encoder or load_encoder(Config().align.encoder)
    cache = shared_vectors()
    english = translator(models, Config().translate) if encoder.reads_english else None
    scores: list[Score] = []
    if "multi" in sets and (gold / "align_multi" / "pairs_dev.jsonl").exists():
        scores += _multi_scores(gold / "align_multi", encoder, cache, english)
    if "seeds" in sets and (gold / "align_seeds" / "links.tsv").exists() and seeds.exists():
        scores += _seed_scores(gold, seeds, models, encoder, cache)
    if "reports" in sets and (gold / "align_reports").exists():
        scores += _story_scores(gold / "align_reports", translator(models, Config().translate), encoder, cache)
    if "mac" in sets and (gold / "align_sentences" / "mac_dev").exists():
        scores += _sentence_scores(gold / "align_sentences" / "mac_dev", encoder, cache, english, every)
    return scores


def fold_card(doc: str, *, pivoted: bool = False) -> Scorecards:
    """Return scorecards of which that of translations was estimated on other documents of the gold."""
    name = f"translations-{'pivoted-' if pivoted else ''}{crc32(doc.encode()) % FOLDS}.json"
    text = files("pipeline.eval").joinpath("scorecards", name).read_text(encoding="utf-8")
    return load_scorecards(pivoted=pivoted)._replace(translations=parse_scorecard(text))


def linked(beads: Iterable[Bead]) -> frozenset[Link]:
    """Return the pairs of lines that beads link."""
    return frozenset(link for bead in beads for link in bead.links)


def _multi_scores(folder: Path, encoder: Encoder, cache: MemoryCache, english: English | None) -> list[Score]:
    total = Counts()
    versions: dict[str, Version] = {}
    for row in _json_lines(folder / "pairs_dev.jsonl"):
        for side in ("a", "b"):
            if row[side] not in versions:
                text = (folder / "txt_dev" / f"{row[side]}.txt").read_text(encoding="utf-8")
                versions[row[side]] = version_of_lines(row[side], text, row[f"lang_{side}"], english)
        pair = versions[row["a"]], versions[row["b"]]
        beads = align_pair(*pair, encoder, cache=cache, scorecards=fold_card(row["doc"], pivoted=encoder.reads_english))
        total += count(gold_pair(row), linked(beads))
    return [
        Score("beads.multi.link_f1", total.link_f1(), total.wanted),
        Score("beads.multi.strict_f1", total.strict_f1(), total.gold_beads),
        Score("beads.multi.lax_f1", total.lax_f1(), total.gold_beads),
        Score("beads.multi.no_partner_recall", total.no_partner_recall(), total.alone),
    ]


def gold_pair(row: dict[str, Any]) -> GoldPair:
    """Read one row of `pairs_dev.jsonl`."""
    return GoldPair(
        overlap={(i, j): overlap for i, j, _, overlap in row["links"]},
        groups=frozenset((tuple(a), tuple(b)) for a, b in row["groups"]),
        alone_a=frozenset(row["only_a"] + row["dirty_a"]),
        alone_b=frozenset(row["only_b"] + row["dirty_b"]),
    )


def _seed_scores(gold: Path, seeds: Path, models: Path, encoder: Encoder, cache: MemoryCache) -> list[Score]:
    total = Graded()
    for pair in read_reports(gold, seeds, models):
        cards = story_cards(pair.a.article_id.split("-", maxsplit=1)[0], pivoted=encoder.reads_english)
        found = linked(align_pair(pair.a, pair.b, encoder, cache=cache, scorecards=cards))
        total = total.plus(Graded.of(found - pair.ignored, pair.grades))
    return total.scores("beads.seeds")


def _story_scores(folder: Path, english: English, encoder: Encoder, cache: MemoryCache) -> list[Score]:
    total = Graded()
    for story in read_stories(folder, english):
        cards = story_cards(story.name, pivoted=encoder.reads_english)
        beads = align_story([*story.reports.values()], encoder, cache=cache, scorecards=cards)
        for names, grades in story.grades().items():
            found = linked(bead for bead in beads if (bead.article_a, bead.article_b) == names)
            total = total.plus(Graded.of(found, grades))
    return total.scores("beads.reports")


def _sentence_scores(
    folder: Path, encoder: Encoder, cache: MemoryCache, english: English | None, every: int
) -> list[Score]:
    gold, found = [], []
    for path in sorted(folder.glob("*.gold"))[every // 2 :: every]:
        a, b = (
            version_of_lines(lang, path.with_suffix(f".{lang}").read_text(encoding="utf-8"), name, english)
            for lang, name in (("zh", "zh-Hans"), ("en", "en"))
        )
        beads = align_pair(a, b, encoder, cache=cache)
        gold.append(read_rungs(path.read_text(encoding="utf-8")))
        found.append([(tuple(i - 1 for i in x.blocks_a), tuple(j - 1 for j in x.blocks_b)) for x in beads])
    strict, lax = rung_scores(gold, found)
    n = sum(len(rungs) for rungs in gold)
    name = "beads.mac" if every == 1 else "beads.mac_sample"
    return [Score(f"{name}.strict_f1", strict, n), Score(f"{name}.lax_f1", lax, n)]


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
