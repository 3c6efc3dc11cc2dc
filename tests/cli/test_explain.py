"""`explain` says why links are believed, and what all versions have in common."""

import json

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.config import EmitConfig
from tests.emit.factories import bead, dossier, emit, harbour_and_library

MARKET_ID = ((("Pasar dibuka pada 12 Maret dengan 48 kios.", "The market opened on 12 March with 48 stalls."),),)
MARKET_VI = ((("Chợ mở cửa ngày 14/3 với 48 gian hàng.", "The market opened its doors with 48 stalls."),),)


@pytest.fixture
def explained(tmp_path):
    articles, beads = harbour_and_library()
    market = dossier("pasar.txt", "id", "market", MARKET_ID), dossier("cho.txt", "vi", "market", MARKET_VI)
    beads += [bead(*market, (0,), (0,)), bead(articles[0], articles[1], (1,), (2,), score=0.5)]
    emit([*articles, *market], beads, "pipeline:0|config:test", EmitConfig(), tmp_path)

    def call(article, *options):
        result = CliRunner().invoke(app, ["explain", article, "--output", str(tmp_path), *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    return call


def test_every_link_has_its_reasons(explained):
    life = json.loads(explained("pasar.txt", "--json"))
    (why,) = life["why"]
    assert "same numbers: 48" in why
    assert {"dates differ: 12 March against 14 March", "dates differ: 14 March against 12 March"} & set(why)
    assert "English shares: market, opened, stalls" in why
    printed = " ".join(explained("pasar.txt").split())
    assert all(reason in printed for reason in why)


def test_groups_of_all_versions_are_shown(explained):
    life = json.loads(explained("cang.txt", "--json"))
    assert [len(group["members"]) for group in life["groups"]].count(3) == 1
    assert all(life["article"]["article_id"] in {m["article_id"] for m in g["members"]} for g in life["groups"])
    printed = " ".join(explained("cang.txt").split())
    assert "67% of the pairs of versions linked" in printed
    assert "cut from the groups" in printed
