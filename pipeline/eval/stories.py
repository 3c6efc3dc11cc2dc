"""Stories of our own invention: independent reports of one event, each paragraph with the facts that it tells."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations
from pathlib import Path

from pipeline.align.lines import English, with_english
from pipeline.align.scorecard import Scorecards, load_scorecards, parse_scorecard
from pipeline.eval.links import Link
from pipeline.eval.reports import EQUAL
from pipeline.records import Kind, Passage, Version

MOST = 0.66  # of the facts of the one that tells fewer, for the same content
IN_PART = frozenset({Kind.TITLE, Kind.HEADING})  # these only announce what others tell


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The facts that a paragraph tells; one with `?` at its end is only touched on."""

    kind: Kind
    facts: frozenset[str]

    @property
    def told(self) -> frozenset[str]:
        """The facts told in full."""
        return frozenset(fact for fact in self.facts if not fact.endswith("?"))

    @property
    def touched(self) -> frozenset[str]:
        """The facts told or touched on."""
        return frozenset(fact.removesuffix("?") for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Story:
    """A story's reports by name, and what the paragraphs of each tell."""

    name: str
    reports: Mapping[str, Version]
    paragraphs: Mapping[str, tuple[Paragraph, ...]]

    def grades(self) -> dict[tuple[str, str], dict[Link, int]]:
        """Return the graded links of each pair of reports, block ids counted from 1."""
        return {
            (a, b): links(self.paragraphs[a], self.paragraphs[b]) for a, b in combinations(sorted(self.paragraphs), 2)
        }


def links(a: tuple[Paragraph, ...], b: tuple[Paragraph, ...]) -> dict[Link, int]:
    """Return the paragraphs that share content, with the grade of each pair."""
    graded = {(i, j): grade(one, other) for i, one in enumerate(a, 1) for j, other in enumerate(b, 1)}
    return {link: value for link, value in graded.items() if value}


def grade(a: Paragraph, b: Paragraph) -> int:
    """Grade two paragraphs: 2 for the same content, 1 for a part in common, 0 for nothing."""
    fewer = min(len(a.told), len(b.told))
    if fewer and len(a.told & b.told) >= MOST * fewer and not {a.kind, b.kind} & IN_PART:
        return EQUAL
    return int(bool(a.touched & b.touched))


def read_stories(folder: Path, english: English) -> Iterator[Story]:
    """Yield the stories of a folder, one a file, with their pivot English as a run makes it."""
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        names = {f"{path.stem}-{row['lang']}": row["lang"] for row in rows}
        by_name = {name: [row for row in rows if row["lang"] == lang] for name, lang in names.items()}
        yield Story(
            path.stem,
            {name: _version(name, names[name], own, english) for name, own in by_name.items()},
            {name: tuple(_paragraph(row) for row in own) for name, own in by_name.items()},
        )


def _version(name: str, lang: str, rows: list[dict[str, str]], english: English) -> Version:
    passages = tuple(Passage(n, Kind(row["kind"]), row["text"], "", 0.0) for n, row in enumerate(rows, 1))
    return with_english(Version(name, lang, "", "", passages), english)


def _paragraph(row: dict[str, str]) -> Paragraph:
    return Paragraph(Kind(row["kind"]), frozenset(row["facts"]))


def story_cards(name: str, *, pivoted: bool = False) -> Scorecards:
    """Return scorecards of which that of reports was estimated without this story; one never learnt from needs none."""
    source = files("pipeline.eval").joinpath("scorecards", f"reports-{'pivoted-' if pivoted else ''}{name}.json")
    shipped = load_scorecards(pivoted=pivoted)
    return (
        shipped._replace(reports=parse_scorecard(source.read_text(encoding="utf-8"))) if source.is_file() else shipped
    )
