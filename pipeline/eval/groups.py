"""Score story grouping: pairs and B-cubed, on sets of files that are versions of stories or alone."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path

from pipeline.align.lines import English, translator, with_english
from pipeline.config import Config
from pipeline.encode import Encoder, MemoryCache, load_encoder
from pipeline.eval.files import find_article, read_seed
from pipeline.eval.score import Score
from pipeline.eval.vectors import shared_vectors
from pipeline.group import group
from pipeline.group.files import version_of_text

SETS = ("full", "varied")
Labels = Mapping[str, Hashable]


def evaluate(
    gold: Path,
    seeds: Path = Path("../shared/seeds"),
    models: Path = Path("models"),
    encoder: Encoder | None = None,
) -> list[Score]:
    """Return `groups.<set>.pair_f1` and `.b3_f1` of each set `grouping/dev_<set>.tsv` that is there."""
    encoder = encoder or load_encoder(Config().group.encoder)
    cache = shared_vectors()
    english = translator(models, Config().translate) if encoder.reads_english else None
    scores = []
    for name in SETS:
        table = gold / "grouping" / f"dev_{name}.tsv"
        if table.exists():
            wanted = read_labels(table)
            paths = {name: find_article(name, gold, seeds) for name in sorted(wanted)}
            found = group_files(paths, encoder, cache, english)
            scores.append(Score(f"groups.{name}.pair_f1", pair_f1(wanted, found), len(wanted)))
            scores.append(Score(f"groups.{name}.b3_f1", b3_f1(wanted, found), len(wanted)))
    return scores


def read_labels(table: Path) -> dict[str, str]:
    """Read `file<tab>group` rows after a header."""
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0]: row[1] for row in rows}


def group_files(
    paths: Mapping[str, Path], encoder: Encoder, cache: MemoryCache, english: English | None
) -> dict[str, str]:
    """Group files by name as the command does."""
    config = Config()
    versions = [version_of_text(name, read_seed(path).text, config) for name, path in paths.items()]
    if english:
        versions = [with_english(version, english) for version in versions]
    return group(versions, encoder, config.group, cache)


def pair_f1(gold: Labels, found: Labels) -> float:
    """Return the F1 of the pairs of files that share a group."""
    both = _pairs(Counter((gold[name], found[name]) for name in gold))
    total = _pairs(Counter(gold.values())) + _pairs(Counter(found[name] for name in gold))
    return 2 * both / total if total else 1.0


def b3_f1(gold: Labels, found: Labels) -> float:
    """Return B-cubed F1 (Bagga & Baldwin 1998): precision and recall of each file's own group, averaged."""
    wanted, made = _members(gold, gold), _members(found, gold)
    common = {name: len(wanted[gold[name]] & made[found[name]]) for name in gold}
    precision = sum(common[name] / len(made[found[name]]) for name in gold) / len(gold)
    recall = sum(common[name] / len(wanted[gold[name]]) for name in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _members(labels: Labels, names: Labels) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = defaultdict(set)
    for name in names:
        members[labels[name]].add(name)
    return members
