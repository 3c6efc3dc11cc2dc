"""What changes around the seeds (models, glossary, settings, code, outputs) redoes what rests on it and no more."""

import json
import shutil

import polars as pl
import pytest

import pipeline.encode
import pipeline.runner.keys
from pipeline.config import (
    AlignConfig,
    CleanConfig,
    EmitConfig,
    GroupConfig,
    IdentifyConfig,
    NormaliseConfig,
    SegmentConfig,
    TranslateConfig,
)
from tests.packs import build_pack
from tests.runner.worlds import CONFIG, FERRY_EN, World, fingerprint

STAGES = ("ingest", "clean", "segment", "translate", "group", "align", "emit")
INDONESIAN, VIETNAMESE = {"kucing": "cat", "di": "on", "baru": "new"}, {"phà": "ferry", "mới": "new"}


@pytest.fixture
def filled(world):
    world.fill()
    world.run()
    return world


@pytest.fixture
def own_models(world, tmp_path):
    """A world whose models folder, one model a language, may be changed."""
    models = tmp_path / "own-models"
    build_pack(models / "indonesian-1_0", INDONESIAN, from_codes=("id",))
    build_pack(models / "vietnamese-1_0", VIETNAMESE, from_codes=("vi",))
    own = World(world.seeds, world.output, models)
    own.fill()
    own.run()
    return own


def statuses(world):
    return dict(pl.read_parquet(world.output / "articles.parquet").select("path", "status").iter_rows())


def whole(world, tmp_path, config=CONFIG):
    """Digest what a run into an empty folder writes."""
    world.run(config, output=tmp_path / "whole")
    return fingerprint(tmp_path / "whole")


def test_a_model_installed_redoes_its_language_alone(own_models, tmp_path):
    assert statuses(own_models)["bridge-zh.txt"] == "untranslated"
    build_pack(own_models.models / "chinese-1_0", {"铁桥": "bridge"}, from_codes=("zh",))
    computed = own_models.computed()
    assert (computed["segment"], computed["translate"]) == (0, 1)
    assert statuses(own_models)["bridge-zh.txt"] == "ok"
    assert fingerprint(own_models.output) == whole(own_models, tmp_path)


def test_a_model_removed_redoes_its_language_alone(own_models, tmp_path):
    shutil.rmtree(own_models.models / "vietnamese-1_0")
    computed = own_models.computed()
    assert (computed["segment"], computed["translate"]) == (0, 1)
    assert statuses(own_models)["ferry-vi.md"] == "untranslated"
    assert fingerprint(own_models.output) == whole(own_models, tmp_path)


def test_another_model_of_one_language_redoes_that_language(own_models, tmp_path):
    shutil.rmtree(own_models.models / "vietnamese-1_0")
    build_pack(own_models.models / "vietnamese-1_0", VIETNAMESE | {"đảo": "island"}, from_codes=("vi",))
    assert own_models.computed()["translate"] == 1
    assert fingerprint(own_models.output) == whole(own_models, tmp_path)


def test_a_model_that_goes_by_another_name_is_named_so(own_models, tmp_path):
    (own_models.models / "vietnamese-1_0").rename(own_models.models / "renamed-1_0")
    own_models.run()
    assert "renamed 1.0" in set(pl.read_parquet(own_models.output / "sentences.parquet")["model"])
    assert fingerprint(own_models.output) == whole(own_models, tmp_path)


def test_a_model_put_back_is_remembered(own_models, tmp_path):
    shutil.move(own_models.models / "vietnamese-1_0", tmp_path / "aside")
    own_models.run()
    shutil.move(tmp_path / "aside", own_models.models / "vietnamese-1_0")
    assert own_models.computed()["translate"] == 0
    assert set(statuses(own_models).values()) == {"ok", "untranslated"}
    assert statuses(own_models)["ferry-vi.md"] == "ok"


def test_a_damaged_model_costs_its_language_and_nothing_else(own_models):
    (own_models.models / "vietnamese-1_0" / "metadata.json").write_text("{")
    with pytest.warns(UserWarning, match="metadata.json"):
        computed = own_models.computed()
    assert computed["translate"] == 1
    assert statuses(own_models)["ferry-id.txt"] == "ok"


def test_a_glossary_redoes_translations_and_what_rests_on_them(filled, tmp_path):
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("id\tpasar ikan\tfish market\n")
    with_terms = CONFIG.model_copy(update={"translate": TranslateConfig(glossary=glossary)})
    computed = filled.computed(with_terms)
    assert computed["ingest"] == computed["clean"] == computed["segment"] == 0
    assert computed["translate"] > 0
    assert set(filled.computed(with_terms).values()) == {0}
    glossary.write_text("id\tpasar ikan\tfishmongers\n")
    assert filled.computed(with_terms)["translate"] > 0
    english = pl.read_parquet(filled.output / "sentences.parquet")["english"]
    assert any("fishmongers" in sentence for sentence in english)
    assert fingerprint(filled.output) == whole(filled, tmp_path, with_terms)


def test_a_glossary_that_only_moved_redoes_nothing(filled, tmp_path):
    for name in ("a.tsv", "b.tsv"):
        (tmp_path / name).write_text("id\tpasar ikan\tfish market\n")
    at = {
        name: CONFIG.model_copy(update={"translate": TranslateConfig(glossary=tmp_path / name)})
        for name in ("a.tsv", "b.tsv")
    }
    filled.run(at["a.tsv"])
    assert set(filled.computed(at["b.tsv"]).values()) == {0}


def test_threads_and_batches_redo_nothing(filled):
    other = CONFIG.model_copy(update={"translate": TranslateConfig(threads=1, batch_tokens=128)})
    assert set(filled.computed(other).values()) == {0}


@pytest.mark.parametrize(
    ("section", "value", "first"),
    [
        ("normalise", NormaliseConfig(rejoin_lines=False), "clean"),
        ("clean", CleanConfig(threshold=0.4), "clean"),
        ("identify", IdentifyConfig(short_block=13), "segment"),
        ("segment", SegmentConfig(window=1_000), "segment"),
        ("translate", TranslateConfig(beam_size=1), "translate"),
        ("group", GroupConfig(encoder="lexical", threshold=0.7), "group"),
        ("align", AlignConfig(encoder="lexical", threshold=0.4), "align"),
        ("emit", EmitConfig(min_score_mt=0.2), "emit"),
    ],
)
def test_a_changed_section_redoes_its_stage_and_none_before(filled, tmp_path, section, value, first):
    changed = CONFIG.model_copy(update={section: value})
    computed = filled.computed(changed)
    assert not any(computed[stage] for stage in STAGES[: STAGES.index(first)])
    assert computed["emit"] > 0
    assert first in {"group", "align"} or computed[first] > 0
    assert fingerprint(filled.output) == whole(filled, tmp_path, changed)


def test_another_version_of_a_library_redoes_its_stage(filled, monkeypatch):
    real = pipeline.runner.keys.library_version
    monkeypatch.setattr(
        pipeline.runner.keys, "library_version", lambda name: "99" if name == "sentencex" else real(name)
    )
    computed = filled.computed()
    assert (computed["clean"], computed["segment"], computed["emit"]) == (0, 5, 5)


def test_another_version_of_the_encoder_package_groups_anew(filled, monkeypatch):
    monkeypatch.setattr(pipeline.encode, "VERSION", "bumped")
    computed = filled.computed()
    assert (computed["translate"], computed["group"]) == (0, 5)


def test_other_seeds_into_the_same_output_replace_it(filled, tmp_path):
    before = fingerprint(filled.output)
    other = World(tmp_path / "other", filled.output, filled.models)
    other.write("only.txt", FERRY_EN)
    other.run()
    assert fingerprint(filled.output) == whole(other, tmp_path)
    assert filled.computed()["translate"] == 0
    assert fingerprint(filled.output) == before


@pytest.mark.parametrize("damage", ["edited", "removed", "truncated"])
def test_outputs_changed_by_hand_are_written_again(filled, damage):
    before = fingerprint(filled.output)
    table = filled.output / "blocks.parquet"
    if damage == "removed":
        table.unlink()
    else:
        table.write_bytes(table.read_bytes()[:100] if damage == "truncated" else b"by hand")
    assert filled.computed()["translate"] == 0
    assert fingerprint(filled.output) == before


def test_outputs_without_their_state_are_written_again(filled):
    before = fingerprint(filled.output)
    (filled.output / ".state" / "state.sqlite").unlink()
    assert filled.computed()["segment"] == 5
    assert fingerprint(filled.output) == before


def test_what_others_put_into_the_corpus_folder_stays(filled):
    corpus = filled.output / "corpus"
    (corpus / "notes.txt").write_text("ours")
    (corpus / "cache").mkdir()
    (corpus / "train-00007-of-00009.parquet").write_bytes(b"of an earlier run")
    filled.write("new.txt", FERRY_EN + "\nTickets are sold at the harbour.\n")
    filled.run()
    assert (corpus / "notes.txt").exists()
    assert (corpus / "cache").is_dir()
    assert not (corpus / "train-00007-of-00009.parquet").exists()


def test_a_manifest_follows_the_files_when_seeds_come_back(filled):
    """A manifest is written by every run: of the counts that go with the files, not of those made last."""
    before = json.loads((filled.output / "manifest.json").read_text())["counts"]
    new = filled.write("new.txt", FERRY_EN + "\nTickets are sold at the harbour.\n")
    filled.run()
    new.unlink()
    filled.run()
    assert json.loads((filled.output / "manifest.json").read_text())["counts"] == before
