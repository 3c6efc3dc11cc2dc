"""Our own stories: read, graded by the facts that paragraphs tell, and judged by scorecards that never saw them."""

import json
from pathlib import Path

import pytest

from pipeline.align.scorecard import load_scorecards
from pipeline.eval.reports import Graded
from pipeline.eval.stories import Paragraph, grade, read_stories, story_cards
from pipeline.records import Kind

STORIES = Path(__file__).parents[1] / "gold/align_reports"


def paragraph(facts, kind=Kind.PARAGRAPH):
    return Paragraph(kind, frozenset(facts.split()))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("fire", "fire", 2),
        ("fire", "fire crew rescue", 2),
        ("fire crew", "fire rescue", 1),
        ("fire crew cause", "fire crew rescue", 2),
        ("fire", "crew fire?", 1),
        ("fire?", "fire?", 1),
        ("fire", "crew", 0),
        ("", "fire", 0),
    ],
)
def test_grades_follow_the_facts_in_either_direction(a, b, expected):
    assert grade(paragraph(a), paragraph(b)) == grade(paragraph(b), paragraph(a)) == expected


@pytest.mark.parametrize("kind", [Kind.TITLE, Kind.HEADING])
def test_a_title_or_heading_says_things_only_in_part(kind):
    assert grade(paragraph("fire", kind), paragraph("fire")) == 1


def test_a_story_is_read_with_its_reports_and_english(tmp_path):
    rows = [
        {"lang": "en", "kind": "title", "facts": ["fire"], "text": "Fire at sea"},
        {"lang": "id", "kind": "paragraph", "facts": ["fire"], "text": "Kapal terbakar."},
        {"lang": "en", "kind": "paragraph", "facts": [], "text": "It was cold."},
    ]
    (tmp_path / "sea.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (story,) = read_stories(tmp_path, lambda texts: [text.upper() for text, _ in texts])
    assert story.name == "sea"
    assert story.reports.keys() == {"sea-en", "sea-id"}
    assert [(p.block_id, p.english) for p in story.reports["sea-en"].passages] == [
        (1, "FIRE AT SEA"),
        (2, "IT WAS COLD."),
    ]
    assert story.grades() == {("sea-en", "sea-id"): {(1, 1): 1}}


def test_every_story_of_ours_has_reports_that_share_and_lack_and_a_scorecard_without_it():
    for story in read_stories(STORIES, lambda texts: [""] * len(texts)):
        assert len(story.reports) >= 3
        for (a, b), graded in story.grades().items():
            sizes = len(story.paragraphs[a]), len(story.paragraphs[b])
            assert {1, 2} <= set(graded.values())
            assert {i for i, _ in graded} < set(range(1, sizes[0] + 1)) or {j for _, j in graded} < set(
                range(1, sizes[1] + 1)
            )
        assert story_cards(story.name).reports.intercept != load_scorecards().reports.intercept


def test_a_story_that_nothing_was_learnt_from_is_judged_by_what_ships():
    assert story_cards("no such story") is load_scorecards(pivoted=False)


def test_counts_are_ratios_over_all_pairs():
    one = Graded.of(frozenset({(1, 1), (2, 2), (3, 3)}), {(1, 1): 2, (2, 2): 1, (4, 4): 2})
    two = Graded.of(frozenset(), {(1, 1): 2})
    scores = {score.name: (score.value, score.n) for score in one.plus(two).scores("x")}
    assert scores == {"x.p_any": (2 / 3, 3), "x.r_grade2": (1 / 3, 3)}
