import json
import os
import shutil

import pytest

from pipeline.errors import ModelError
from pipeline.store import DamagedPackWarning, ModelStore, codes, read_pack
from tests.packs import build_pack


def test_a_missing_folder_is_an_empty_store(tmp_path):
    store = ModelStore(tmp_path / "none")
    assert store.packs() == ()
    assert store.route("id") is None


def test_reads_what_a_pack_says(tmp_path):
    folder = build_pack(tmp_path / "translate-mul_en-1_2", version="1.2")
    (folder / "pack.json").write_text(json.dumps({"licence": "CC0-1.0", "origin": "built here"}), encoding="utf-8")
    pack = read_pack(folder)
    assert (pack.name, pack.version, pack.label) == ("translate-mul_en", "1.2", "translate-mul_en 1.2")
    assert (pack.from_codes, pack.to_code) == (("id", "vi", "zh-Hans", "zh-Hant"), "en")
    assert (pack.licence, pack.origin, pack.kind) == ("CC0-1.0", "built here", "argos")
    assert pack.size > 1000


def test_digest_is_that_of_the_contents(tmp_path, pack_folder):
    copy = tmp_path / "elsewhere-1_0"
    shutil.copytree(pack_folder, copy)
    digest = read_pack(pack_folder).digest
    assert read_pack(copy).digest == digest
    (copy / "README.md").write_text("words do not translate", encoding="utf-8")
    assert read_pack(copy).digest == digest


@pytest.mark.parametrize("part", ["model/model.bin", "sentencepiece.model", "metadata.json", "model/config.json"])
def test_digest_changes_with_any_part_even_at_the_same_size(tmp_path, pack_folder, part):
    copy = tmp_path / "copy-1_0"
    shutil.copytree(pack_folder, copy)
    before = read_pack(copy).digest
    stat = (copy / part).stat()
    data = (copy / part).read_bytes()
    changed = data.replace(b'"1.9"', b'"1.8"') if part == "metadata.json" else data[:-2] + b"  "
    (copy / part).write_bytes(changed if changed != data else data[:-1] + b" ")
    os.utime(copy / part, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert read_pack(copy).digest != before


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("metadata.json", "metadata.json"),
        ("model/model.bin", "model.bin"),
        ("sentencepiece.model", "tokenizer"),
        ("model/source_vocabulary.json", None),
    ],
)
def test_a_damaged_pack_is_warned_of_and_stops_nobody(tmp_path, pack_folder, part, named):
    shutil.copytree(pack_folder, tmp_path / "broken-1_0")
    build_pack(tmp_path / "good-id_en-1_0", from_codes=["id"])
    (tmp_path / "broken-1_0" / part).unlink()
    if named is None:  # one vocabulary may serve both sides: only a missing pair is damage
        (tmp_path / "broken-1_0" / "model/target_vocabulary.json").unlink()
    with pytest.warns(DamagedPackWarning, match="broken-1_0"):
        store = ModelStore(tmp_path)
    assert [pack.name for pack in store.packs()] == ["good-id_en"]
    assert store.route("id") is not None
    assert (named or "vocabulary") in store.damaged[0][1]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"from_code": "id"}', '{"to_code": "en"}', '{"from_codes": [1], "to_code": "en"}']
)
def test_metadata_that_says_too_little_is_damage(tmp_path, pack_folder, text):
    shutil.copytree(pack_folder, tmp_path / "p-1_0")
    (tmp_path / "p-1_0" / "metadata.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"metadata\.json"):
        read_pack(tmp_path / "p-1_0")


def test_what_is_hidden_or_no_folder_is_no_pack(tmp_path):
    (tmp_path / ".installing-x").mkdir()
    (tmp_path / "README.md").write_text("notes", encoding="utf-8")
    assert ModelStore(tmp_path).packs() == ()


@pytest.fixture
def routes(tmp_path):
    build_pack(tmp_path / "a-mul_en-1_0", from_codes=["id", "zh"])
    build_pack(tmp_path / "b-id_en-1_0", from_codes=["id"])
    build_pack(tmp_path / "b-id_en-1_10", from_codes=["id"], version="1.10")
    build_pack(tmp_path / "b-id_en-1_9", from_codes=["id"], version="1.9")
    build_pack(tmp_path / "c-ms_id-1_0", from_codes=["ms"], to_code="id")
    return ModelStore(tmp_path)


def names(route):
    return [pack.label for pack in route.packs] if route else None


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh-Hans", ["a-mul_en 1.0"]),
        ("zh", ["a-mul_en 1.0"]),
        ("zh-CN", ["a-mul_en 1.0"]),
        ("id", ["b-id_en 1.10"]),
        ("id-ID", ["b-id_en 1.10"]),
        ("ms", ["c-ms_id 1.0", "b-id_en 1.10"]),
        ("zh-Hant", None),
        ("zh-TW", None),
        ("th", None),
        ("und", None),
    ],
)
def test_the_way_to_english(routes, lang, expected):
    assert names(routes.route(lang)) == expected


def test_a_pivot_says_so_and_has_a_digest_of_both(routes):
    route = routes.route("ms")
    assert route.pivot
    assert route.digest not in {pack.digest for pack in route.packs}
    assert not routes.route("id").pivot
    assert routes.route("id").digest == routes.route("id").packs[0].digest


def test_remove(routes):
    routes.remove("c-ms_id")
    assert routes.route("ms") is None
    with pytest.raises(ModelError, match="installed: a-mul_en"):
        routes.remove("c-ms_id")


def test_a_damaged_pack_can_be_removed(tmp_path, pack_folder):
    shutil.copytree(pack_folder, tmp_path / "p-1_0")
    (tmp_path / "p-1_0/model/model.bin").unlink()
    with pytest.warns(DamagedPackWarning):
        store = ModelStore(tmp_path)
    assert store.remove("p-1_0") == tmp_path / "p-1_0"
    assert store.damaged == ()


@pytest.mark.parametrize(("code", "tag"), [("zh", "zh-Hans"), ("zt", "zh-Hant"), ("id", "id"), ("pb", "pt-BR")])
def test_codes_go_both_ways(code, tag):
    assert codes.from_argos(code) == tag
    assert codes.to_argos(tag) == code


def test_reading_makes_no_folder_at_home(tmp_path, pack_folder, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    read_pack(pack_folder)
    assert not (tmp_path / "home").exists()
