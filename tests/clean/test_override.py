"""Corrections for single sources."""

import pytest

from pipeline.config import CleanConfig, Override, load_config
from pipeline.errors import ConfigError
from tests.clean.pages import clean_lines
from tests.clean.test_stage import PROSE

PAGE = ["The Greystone Post", *PROSE, "The tide table moves to page four.", "Share", "Reply"]


def kept(**patterns) -> list[str]:
    config = CleanConfig(overrides=(Override(**patterns),))
    return [block.text for block in clean_lines(PAGE, config).blocks if block.keep]


def test_keep_and_drop_hold_where_the_source_is_named():
    assert kept(when="Greystone Post", drop=["^The tide table"], keep=["^Share$"]) == [*PAGE[:5], "Share"]


def test_other_sources_are_judged_as_ever():
    assert kept(when="Randu Mail", drop=["."]) == PAGE[:6]


def test_keep_beats_drop():
    assert kept(when=".", drop=["."], keep=["."]) == PAGE


def test_the_rule_says_which_override():
    config = CleanConfig(overrides=(Override(when="x-nothing"), Override(when=".", drop=["tide"])))
    block = clean_lines(PAGE, config).blocks[5]
    assert (block.label, block.rule) == ("override", "override.1")


def test_a_bad_pattern_is_refused(tmp_path):
    path = tmp_path / "pipeline.toml"
    path.write_text('[[clean.overrides]]\nwhen = "("\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="not a regular expression"):
        load_config(path)


@pytest.mark.parametrize("pattern", ["^Buy our mugs", "^- Buy", r"harbour\.$"])
def test_an_item_of_a_list_matches_with_and_without_its_bullet(pattern):
    page = [*PROSE[:2], "- Buy our mugs and support the paper that tells the tides of the harbour.", *PROSE[2:]]
    config = CleanConfig(overrides=(Override(when=pattern, drop=[pattern]),))
    block = next(block for block in clean_lines(page, config).blocks if "mugs" in block.text)
    assert (block.keep, block.rule) == (False, "override.0")
