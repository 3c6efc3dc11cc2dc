"""A run over real files with a real (tiny) model: what it makes, and what it does not make twice."""

import gzip
import json
import socket
from dataclasses import replace

import polars as pl
import pytest
from pytest_socket import SocketBlockedError

import pipeline.clean
import pipeline.clean.stage
import pipeline.runner.crew
import pipeline.runner.steps
from pipeline.config import IngestConfig, TranslateConfig
from pipeline.emit.quarantine import read_quarantine
from pipeline.errors import ConfigError, OutputLockedError
from pipeline.runner.state import exclusive
from tests.runner.worlds import BRIDGE_ZH, CONFIG, FERRY_ID, World, fingerprint

TABLES = ("articles", "blocks", "sentences", "alignments", "groups")
UNREADABLE = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "photo.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unsupported"),
    "long.txt": (b"word " * 30_000, "too_long"),
    "broken.txt.gz": (gzip.compress(FERRY_ID.encode())[:40], "damaged"),
}


@pytest.fixture
def filled(world):
    world.fill()
    return world


def test_the_suite_is_offline():
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", 9), timeout=0.1)


def test_every_table_comes_out(filled):
    filled.run()
    rows = {table: pl.read_parquet(filled.output / f"{table}.parquet") for table in TABLES}
    assert rows["articles"].height == 5
    assert set(rows["articles"]["status"]) == {"ok"}
    assert dict(rows["articles"].select("path", "lang").iter_rows()) == {
        "bridge-zh.txt": "zh-Hans",
        "ferry-en.txt": "en",
        "ferry-id.txt": "id",
        "ferry-vi.md": "vi",
        "market-id.txt": "id",
    }
    assert rows["sentences"].height > 10
    assert rows["blocks"].filter(~pl.col("keep"))["rule"].null_count() == 0
    for name in ("quarantine.jsonl", "manifest.json", "report/index.html", "corpus/README.md"):
        assert (filled.output / name).exists()


def test_seeds_are_left_as_they_are(filled):
    before = fingerprint(filled.seeds)
    filled.run()
    assert fingerprint(filled.seeds) == before


def test_a_second_run_computes_nothing_and_rewrites_nothing(filled):
    filled.run()
    stamps = {path: path.stat().st_mtime_ns for path in filled.output.glob("*.parquet")}
    assert set(filled.computed().values()) == {0}
    assert {path: path.stat().st_mtime_ns for path in filled.output.glob("*.parquet")} == stamps


def test_a_new_seed_redoes_only_itself(filled):
    filled.run()
    filled.write("new.txt", "Pemerintah kota membuka taman baru di tepi sungai.\n\nTaman itu buka setiap hari.\n")
    computed = filled.computed()
    assert {stage: computed[stage] for stage in ("ingest", "clean", "segment", "translate")} == {
        "ingest": 1,
        "clean": 1,
        "segment": 1,
        "translate": 1,
    }
    assert computed["align"] == 0


def test_a_renamed_seed_is_not_processed_again(filled):
    filled.run()
    (filled.seeds / "market-id.txt").rename(filled.seeds / "renamed.txt")
    computed = filled.computed()
    assert computed["clean"] == computed["translate"] == computed["align"] == 0
    assert "renamed.txt" in set(pl.read_parquet(filled.output / "articles.parquet")["path"])


def test_a_touched_seed_changes_nothing(filled):
    filled.run()
    (filled.seeds / "market-id.txt").touch()
    assert set(filled.computed().values()) == {0}


def test_a_version_bump_redoes_that_stage_and_what_follows(filled, monkeypatch):
    filled.run()
    monkeypatch.setattr(pipeline.clean, "VERSION", "bumped")
    computed = filled.computed()
    assert computed["ingest"] == 0
    assert computed["clean"] == computed["translate"] == 5


def test_the_translation_memory_serves_a_changed_article(filled):
    filled.run()
    filled.write("market-id.txt", (filled.seeds / "market-id.txt").read_text() + "\nHarga ikan tetap sama.\n")
    reads = CONFIG.model_copy(update={"translate": TranslateConfig()})
    assert filled.computed(reads)["translate"] == 1


def test_deleted_output_is_written_again(filled):
    filled.run()
    before = fingerprint(filled.output)
    (filled.output / "sentences.parquet").unlink()
    assert filled.run().emitted
    assert fingerprint(filled.output) == before


def test_force_computes_everything_again_to_the_same_bytes(filled):
    filled.run()
    before = fingerprint(filled.output)
    assert filled.run(force=True).sent > 0
    assert fingerprint(filled.output) == before


def test_force_writes_what_comes_out_now(filled, monkeypatch):
    def shout(*arguments):
        return tuple(replace(sentence, source=sentence.source.upper()) for sentence in original(*arguments))

    filled.run()
    original = pipeline.runner.steps.segment
    monkeypatch.setattr("pipeline.runner.steps.segment", shout)
    filled.run()
    assert not pl.read_parquet(filled.output / "sentences.parquet")["source"].str.starts_with("FERI").any()
    assert filled.run(force=True).emitted
    assert pl.read_parquet(filled.output / "sentences.parquet")["source"].str.starts_with("FERI").any()


def test_a_name_that_holds_a_line_end_stops_nothing(filled):
    filled.write("odd\u2028name.txt", b"\x00\x01\x02")
    assert [refused.path for refused in filled.run().quarantined] == ["odd\u2028name.txt"]
    assert [row.path for row in read_quarantine(filled.output)] == ["odd\u2028name.txt"]


def test_worker_processes_change_nothing(world, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.runner.crew, "_WORTH_A_POOL", 2)
    for n in range(10):
        world.write(f"{n:02}.txt", f"{FERRY_ID}\nHari ke-{n} berjalan lancar di pelabuhan.\n")
    world.run(jobs=1)
    world.run(output=tmp_path / "parallel", jobs=2)
    assert fingerprint(world.output) == fingerprint(tmp_path / "parallel")


def test_bad_input_is_quarantined_with_a_reason_and_the_rest_goes_on(filled):
    for name, (content, _) in UNREADABLE.items():
        filled.write(name, content)
    filled.write(
        "records.jsonl", json.dumps({"text": BRIDGE_ZH + "桥。"}) + "\n{not json}\n" + '{"title": "no text"}\n'
    )
    summary = filled.run()
    rows = [json.loads(line) for line in (filled.output / "quarantine.jsonl").read_text().splitlines()]
    codes = {row["path"]: row["code"] for row in rows}
    assert {name: codes.get(name) for name in UNREADABLE} == {name: code for name, (_, code) in UNREADABLE.items()}
    assert {"records.jsonl#2", "records.jsonl#3"} <= set(codes)
    assert all(row["reason"] for row in rows)
    assert sum(tally.n for tally in summary.counts.articles) == 6
    assert set(filled.computed().values()) == {0}


def test_an_unreadable_seed_is_quarantined(filled):
    (filled.seeds / "gone.txt").symlink_to(filled.seeds / "nowhere.txt")
    filled.run()
    assert '"gone.txt"' in (filled.output / "quarantine.jsonl").read_text()


def test_a_stage_that_fails_costs_one_article(filled, monkeypatch):
    def fail_on_bridges(pages):
        if any("铁桥" in text for page in pages for text in page):
            raise ZeroDivisionError
        return original(pages)

    original = pipeline.clean.stage.gather
    monkeypatch.setattr("pipeline.clean.stage.gather", fail_on_bridges)
    filled.write("copy.txt", BRIDGE_ZH)
    summary = filled.run()
    refused = [(refused.path, refused.code) for refused in summary.quarantined]
    assert refused == [("bridge-zh.txt", "failed"), ("copy.txt", "failed")]
    assert "ZeroDivisionError" in summary.quarantined[0].reason
    assert sum(tally.n for tally in summary.counts.articles) == 4


def test_the_same_bytes_twice_are_one_article_and_a_duplicate(filled):
    filled.write("sub/copy.txt", FERRY_ID)
    filled.run()
    articles = pl.read_parquet(filled.output / "articles.parquet")
    copy = articles.filter(pl.col("path") == "sub/copy.txt").row(0, named=True)
    assert copy["status"] == "duplicate"
    assert "ferry-id.txt" in copy["reason"]
    sentences = pl.read_parquet(filled.output / "sentences.parquet")
    assert sentences.select("article_id", "block_id", "sent_id").is_unique().all()


def test_a_language_without_a_model_is_left_untranslated_with_the_remedy(filled):
    filled.write("thai.txt", "เรือข้ามฟากลำใหม่เริ่มให้บริการเมื่อวันจันทร์\n\nผู้โดยสารหนึ่งร้อยคนเดินทางในเที่ยวแรก\n")
    filled.run()
    articles = pl.read_parquet(filled.output / "articles.parquet")
    thai = articles.filter(pl.col("path") == "thai.txt").row(0, named=True)
    assert (thai["lang"], thai["status"]) == ("th", "untranslated")
    assert "pipeline models install th" in thai["reason"]


def test_an_empty_folder_is_a_run_with_nothing_in_it(world):
    summary = world.run()
    assert summary.counts.stories == 0
    assert pl.read_parquet(world.output / "articles.parquet").height == 0


def test_a_missing_seeds_folder_is_a_configuration_error(world):
    with pytest.raises(ConfigError, match="--seeds"):
        World(world.seeds / "absent", world.output, world.models).run()


def test_a_held_output_folder_is_refused(filled):
    filled.output.mkdir()
    with exclusive(filled.output), pytest.raises(OutputLockedError):
        filled.run()


def test_settings_of_ingest_are_obeyed(filled):
    small = CONFIG.model_copy(update={"ingest": IngestConfig(max_bytes=300)})
    refused = {row.path for row in filled.run(small).quarantined}
    assert "ferry-id.txt" in refused
