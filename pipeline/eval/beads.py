"""Score alignment: versions with known links, independent reports, and sentences of literature."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from pipeline.align import align_pair
from pipeline.align.lines import version_of_lines
from pipeline.align.scorecard import Scorecard, parse_scorecard
from pipeline.clean import clean
from pipeline.config import Config
from pipeline.encode import Encoder, MemoryCache, load_encoder
from pipeline.eval.links import Counts, GoldPair, Link, count, f1, ratio
from pipeline.eval.rungs import read_rungs, rung_scores
from pipeline.eval.score import Score
from pipeline.eval.vectors import shared_vectors
from pipeline.normalise import normalise
from pipeline.records import Bead, Passage, Seed, Version

FOLDS = 5
EVERY = 3  # one chapter of literature in three: to encode them all takes ten minutes on two cores
SEED_LANGUAGES = {"000": "id", "002": "vi", "003": "zh-Hans"}


def evaluate(
    gold: Path,
    seeds: Path = Path("../shared/seeds"),
    models: Path = Path("models"),  # noqa: ARG001 - every evaluation is called alike
    encoder: Encoder | None = None,
    every: int = EVERY,
) -> list[Score]:
    """Return the scores `beads.multi.*`, `beads.seeds.*` and `beads.mac.*` of the sets that are there.

    A document of `multi` is judged by a scorecard that was estimated without it (see `fold_card`); of `mac`, one
    chapter in `every` is scored, and the score is called `beads.mac_sample.*` unless it is of them all.
    """
    encoder = encoder or load_encoder(Config().align.encoder)
    cache = shared_vectors()
    scores: list[Score] = []
    if (gold / "align_multi" / "pairs_dev.jsonl").exists():
        scores += _multi_scores(gold / "align_multi", encoder, cache)
    if (gold / "align_seeds" / "links.tsv").exists() and seeds.exists():
        scores += _seed_scores(gold / "align_seeds", seeds, encoder, cache)
    if (gold / "align_sentences" / "mac_dev").exists():
        scores += _sentence_scores(gold / "align_sentences" / "mac_dev", encoder, cache, every)
    return scores


def fold_card(doc: str) -> Scorecard:
    """Return a scorecard that was estimated on other documents of the gold."""
    name = f"translations-{crc32(doc.encode()) % FOLDS}.json"
    return parse_scorecard(files("pipeline.eval").joinpath("scorecards", name).read_text(encoding="utf-8"))


def linked(beads: Iterable[Bead]) -> frozenset[Link]:
    """Return the pairs of lines that beads link."""
    return frozenset(link for bead in beads for link in bead.links)


def _multi_scores(folder: Path, encoder: Encoder, cache: MemoryCache) -> list[Score]:
    total = Counts()
    versions: dict[str, Version] = {}
    for row in _json_lines(folder / "pairs_dev.jsonl"):
        for side in ("a", "b"):
            if row[side] not in versions:
                text = (folder / "txt_dev" / f"{row[side]}.txt").read_text(encoding="utf-8")
                versions[row[side]] = version_of_lines(row[side], text, row[f"lang_{side}"])
        pair = versions[row["a"]], versions[row["b"]]
        beads = align_pair(*pair, encoder, cache=cache, scorecard=fold_card(row["doc"]))
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


def _seed_scores(folder: Path, seeds: Path, encoder: Encoder, cache: MemoryCache) -> list[Score]:
    grades: dict[tuple[str, str], dict[Link, int]] = defaultdict(dict)
    for row in _table(folder / "links.tsv"):
        grades[row["docA"], row["docB"]][int(row["lineA"]), int(row["lineB"])] = int(row["grade"])
    ignored: dict[tuple[str, str], set[Link]] = defaultdict(set)
    for row in _table(folder / "ambiguous.tsv"):
        ignored[row["docA"], row["docB"]].add((int(row["lineA"]), int(row["lineB"])))
    proposed = right = equal = 0
    for pair, graded in sorted(grades.items()):
        versions = [_seed_version(seeds, name) for name in pair]
        links = linked(align_pair(versions[0], versions[1], encoder, cache=cache)) - ignored[pair]
        proposed += len(links)
        right += len(links & graded.keys())
        equal += sum(graded.get(link) == 2 for link in links)  # noqa: PLR2004 - the gold's grade of equal content
    wanted = sum(grade == 2 for graded in grades.values() for grade in graded.values())  # noqa: PLR2004
    return [
        Score("beads.seeds.p_any", ratio(right, proposed), proposed),
        Score("beads.seeds.r_grade2", ratio(equal, wanted), wanted),
    ]


def _seed_version(seeds: Path, name: str) -> Version:
    """Read a seed as a run does, its blocks named by the line they start on."""
    config = Config()
    text = next(seeds.glob(f"{name}*")).read_text(encoding="utf-8")
    seed = Seed(article_id=name, sha256="", n_bytes=len(text), encoding="utf-8", text=text)
    blocks = clean(normalise(seed, config.normalise), config.clean).blocks
    passages = tuple(Passage(block.line_start, block.kind, block.text, "", 0.0) for block in blocks if block.keep)
    return Version(name, SEED_LANGUAGES[name], "", "", passages)


def _sentence_scores(folder: Path, encoder: Encoder, cache: MemoryCache, every: int = EVERY) -> list[Score]:
    gold, found = [], []
    for path in sorted(folder.glob("*.gold"))[every // 2 :: every]:
        a, b = (
            version_of_lines(lang, path.with_suffix(f".{lang}").read_text(encoding="utf-8"), name)
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


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


__all__ = ["evaluate", "f1", "fold_card", "linked"]
