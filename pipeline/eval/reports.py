"""The gold of independent reports: paragraphs of two seeds, linked by hand and graded."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.align.lines import English, translator, with_english
from pipeline.clean import clean
from pipeline.config import Config
from pipeline.eval.files import read_seed
from pipeline.eval.links import Link, ratio
from pipeline.eval.score import Score
from pipeline.identify import identify
from pipeline.normalise import normalise
from pipeline.records import Passage, Version

EQUAL = 2
"""The grade of a link between paragraphs of the same content; 1 is a part in common."""


@dataclass(frozen=True, slots=True)
class GradedPair:
    """Two seeds, blocks named by the line they start on; the grade of each link; links not worth judging."""

    a: Version
    b: Version
    grades: dict[Link, int]
    ignored: frozenset[Link]


class Graded(NamedTuple):
    """Links counted against graded ones: proposed, right in any grade; of the same content, found and wanted."""

    proposed: int = 0
    right: int = 0
    equal: int = 0
    wanted: int = 0

    @classmethod
    def of(cls, found: frozenset[Link], grades: Mapping[Link, int]) -> "Graded":
        """Count the links found between two reports."""
        equal = {link for link, grade in grades.items() if grade == EQUAL}
        return cls(len(found), len(found & grades.keys()), len(found & equal), len(equal))

    def plus(self, other: "Graded") -> "Graded":
        """Add what was counted elsewhere."""
        return Graded(*(one + two for one, two in zip(self, other, strict=True)))

    def scores(self, name: str) -> list[Score]:
        """Return precision over any grade and recall of the same content."""
        return [
            Score(f"{name}.p_any", ratio(self.right, self.proposed), self.proposed),
            Score(f"{name}.r_grade2", ratio(self.equal, self.wanted), self.wanted),
        ]


def read_reports(gold: Path, seeds: Path, models: Path) -> Iterator[GradedPair]:
    """Yield the pairs of `align_seeds/links.tsv`, the seeds read, cleaned and translated as a run does it."""
    read = _reader(seeds, translator(models, Config().translate))
    grades: dict[tuple[str, str], dict[Link, int]] = defaultdict(dict)
    for row in _table(gold / "align_seeds" / "links.tsv"):
        grades[row["docA"], row["docB"]][_link(row)] = int(row["grade"])
    ignored: dict[tuple[str, str], set[Link]] = defaultdict(set)
    for row in _table(gold / "align_seeds" / "ambiguous.tsv"):
        ignored[row["docA"], row["docB"]].add(_link(row))
    for (a, b), graded in sorted(grades.items()):
        yield GradedPair(read(a), read(b), graded, frozenset(ignored[a, b]))


def _reader(seeds: Path, english: English) -> Callable[[str], Version]:
    versions: dict[str, Version] = {}

    def read(name: str) -> Version:
        if name not in versions:
            versions[name] = _version(seeds, name, english)
        return versions[name]

    return read


def _version(seeds: Path, name: str, english: English) -> Version:
    config = Config()
    path = next(
        path for path in sorted(seeds.glob(f"{name}*")) if path.stem == name or path.stem.startswith(f"{name}_")
    )
    blocks = clean(normalise(read_seed(path), config.normalise), config.clean).blocks
    lang = identify(blocks, None, config.identify).lang
    passages = tuple(Passage(block.line_start, block.kind, block.text, "", 0.0) for block in blocks if block.keep)
    return with_english(Version(name, lang, "", "", passages), english)


def _link(row: dict[str, str]) -> Link:
    return int(row["lineA"]), int(row["lineB"])


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))
