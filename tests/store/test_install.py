import hashlib
import json
import shutil
from dataclasses import replace

import pytest

from pipeline.errors import MissingExtraError, ModelError
from pipeline.store import ModelStore, read_pack
from pipeline.store.convert import Said
from pipeline.store.install import Wish, install
from tests.packs import build_archive, build_pack
from tests.store.marian import build_marian

UNCHECKED = Wish(check=False)

WRONG = {"kucing": "xx", "tidur": "yy", "meja": "zz", "air": "xx", "sungai": "yy", "sejuk": "zz"}
ECHO = {word: word for word in ("kucing", "tidur", "di", "atas", "meja", "itu", "hari", "kami", "buku", "kota")}


def left(store):
    return sorted(path.name for path in store.folder.iterdir()) if store.folder.exists() else []


def test_from_an_archive(store, archive, pack_folder):
    (pack,) = install(store, str(archive))
    assert left(store) == ["translate-mul_en-1_0"]
    assert pack.digest == read_pack(pack_folder).digest
    assert pack.origin == "mul.argosmodel"
    assert store.route("zh-Hant").packs == (pack,)


def test_from_a_folder_and_again(store, pack_folder):
    first = install(store, str(pack_folder))
    assert install(store, str(pack_folder)) == first
    assert left(store) == ["translate-mul_en-1_0"]


def test_another_model_of_that_name_is_not_overwritten(store, pack_folder, tmp_path):
    install(store, str(pack_folder))
    other = build_pack(tmp_path / "o" / pack_folder.name, {"kucing": "cat", "air": "water", "meja": "table"})
    with pytest.raises(ModelError, match="models remove translate-mul_en-1_0"):
        install(store, str(other), UNCHECKED)
    assert store.packs()[0].digest == read_pack(pack_folder).digest


def test_a_digest_that_does_not_fit_is_refused(store, archive):
    right = hashlib.sha256(archive.read_bytes()).hexdigest()
    with pytest.raises(ModelError, match="SHA-256"):
        install(store, str(archive), Wish(sha256="0" * 64))
    assert left(store) == []
    assert install(store, str(archive), Wish(sha256=right.upper()))


def test_a_model_that_babbles_is_refused(store, tmp_path):
    words = dict.fromkeys("kucing tidur di atas meja itu hari ini kami membeli".split(), "sorry")  # noqa: SIM905
    loops = build_pack(tmp_path / "loop-id_en-1_0", words, from_codes=["id"])
    with pytest.raises(ModelError, match=r"babbles in 'id'"):
        install(store, str(loops))
    assert left(store) == []
    assert install(store, str(loops), UNCHECKED)


def test_a_model_that_copies_is_refused(store, tmp_path):
    copies = build_pack(tmp_path / "copy-id_en-1_0", ECHO, from_codes=["id"])
    with pytest.raises(ModelError, match="copied"):
        install(store, str(copies))


def test_weights_that_do_not_load_are_refused(store, tmp_path, pack_folder):
    shutil.copytree(pack_folder, tmp_path / "bad-1_0")
    (tmp_path / "bad-1_0/model/model.bin").write_bytes(b"no weights at all")
    with pytest.raises(ModelError, match="cannot load"):
        install(store, str(tmp_path / "bad-1_0"))
    assert left(store) == []


@pytest.mark.parametrize("what", ["no such thing", "./none.argosmodel", "", "ftp://x/y"])
def test_what_is_nothing_is_refused(store, what):
    with pytest.raises(ModelError, match="neither a file"):
        install(store, what)


def test_a_ctranslate2_folder(store, tmp_path, pack_folder):
    folder = tmp_path / "my-model"
    shutil.copytree(pack_folder / "model", folder)
    shutil.copy(pack_folder / "sentencepiece.model", folder / "sentencepiece.bpe.model")
    with pytest.raises(ModelError, match="--from"):
        install(store, str(folder))
    (pack,) = install(store, str(folder), Wish(Said(("id", "zh-Hant"), licence="MIT")))
    assert (pack.kind, pack.from_codes, pack.to_code, pack.licence) == ("ctranslate2", ("id", "zh-Hant"), "en", "MIT")
    assert store.route("zh-Hant").packs == (pack,)


def test_a_link_in_a_folder_is_refused(store, tmp_path, pack_folder):
    shutil.copytree(pack_folder, tmp_path / "p-1_0")
    (tmp_path / "p-1_0/model/extra.txt").symlink_to("/etc/hostname")
    with pytest.raises(ModelError, match="link"):
        install(store, str(tmp_path / "p-1_0"))
    assert left(store) == []


def test_a_marian_folder_is_converted(store, tmp_path, pack_folder):
    folder = build_marian(tmp_path / "opus-mt-id-en", pack_folder / "sentencepiece.model")
    (pack,) = install(store, str(folder), UNCHECKED)
    assert (pack.kind, pack.from_codes, pack.to_code) == ("opus-mt", ("id",), "en")
    assert [path.name for path in pack.tokenizer] == ["source.spm", "target.spm"]


def test_a_marian_model_with_random_weights_babbles(store, tmp_path, pack_folder):
    folder = build_marian(tmp_path / "opus-mt-id-en", pack_folder / "sentencepiece.model")
    with pytest.raises(ModelError, match="babbles"):
        install(store, str(folder))
    assert left(store) == []


def test_a_marian_description_may_not_reach_outside(store, tmp_path, pack_folder):
    folder = build_marian(tmp_path / "opus-mt-id-en", pack_folder / "sentencepiece.model")
    text = (folder / "decoder.yml").read_text(encoding="utf-8")
    (folder / "decoder.yml").write_text(text.replace("model.npz", "../../secret.npz"), encoding="utf-8")
    with pytest.raises(ModelError, match="outside"):
        install(store, str(folder))
    assert left(store) == []


def test_a_broken_marian_model_says_why(store, tmp_path, pack_folder):
    folder = build_marian(tmp_path / "opus-mt-id-en", pack_folder / "sentencepiece.model")
    (folder / "model.npz").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot convert"):
        install(store, str(folder))
    assert left(store) == []


def test_a_transformers_folder_names_the_extra(store, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf/config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(MissingExtraError, match="convert"):
        install(store, str(tmp_path / "hf"), UNCHECKED)
    assert left(store) == []


def index(web, *entries):
    (web.folder / "index.json").write_text(json.dumps(entries), encoding="utf-8")
    return Wish(index=f"{web.url}/index.json")


def entry(web, name, from_code, to_code="en", version="1.0", **more):
    said = {"from_code": from_code, "to_code": to_code, "package_version": version, "type": "translate"}
    return said | {"links": [f"{web.url}/{name}"]} | more


def publish(web, name, **how):
    folder = build_pack(web.folder.parent / "src" / name, **how)
    return build_archive(web.folder / f"{name}.argosmodel", folder, name)


def test_from_the_index_by_language(store, web):
    publish(web, "translate-zt_en-1_9", from_codes=["zt"], version="1.9")
    wish = index(
        web, entry(web, "old", "zt", version="1.2"), entry(web, "translate-zt_en-1_9.argosmodel", "zt", version="1.9")
    )
    (pack,) = install(store, "zh-Hant", wish)
    assert pack.from_codes == ("zh-Hant",)
    assert pack.origin == f"{web.url}/translate-zt_en-1_9.argosmodel"
    assert left(store) == ["translate-zt_en-1_9"]


def test_from_the_index_through_another_language(store, web):
    publish(web, "translate-jv_id-1_0", words={"kewan": "kucing"}, from_codes=["jv"], to_code="id")
    publish(web, "translate-id_en-1_0", from_codes=["id"])
    wish = index(
        web,
        entry(web, "translate-jv_id-1_0.argosmodel", "jv", "id"),
        entry(web, "translate-id_en-1_0.argosmodel", "id"),
    )
    assert len(install(store, "jv", wish)) == 2
    assert store.route("jv").pivot


def test_half_a_pivot_is_not_left_behind(store, web):
    publish(web, "translate-id_en-1_0", from_codes=["id"])
    wish = index(web, entry(web, "gone.argosmodel", "jv", "id"), entry(web, "translate-id_en-1_0.argosmodel", "id"))
    with pytest.raises(ModelError, match="404"):
        install(store, "jv", wish)
    assert left(store) == []


def test_a_pivot_is_tried_through_to_english(store, web):
    publish(web, "translate-ms_id-1_0", words=WRONG, from_codes=["ms"], to_code="id")
    publish(web, "translate-id_en-1_0", from_codes=["id"])
    wish = index(
        web,
        entry(web, "translate-ms_id-1_0.argosmodel", "ms", "id"),
        entry(web, "translate-id_en-1_0.argosmodel", "id"),
    )
    with pytest.raises(ModelError, match="babbles in 'ms'"):
        install(store, "ms", wish)
    assert left(store) == []


def test_the_index_digest_is_checked(store, web):
    publish(web, "a", from_codes=["id"])
    with pytest.raises(ModelError, match="SHA-256"):
        install(store, "id", index(web, entry(web, "a.argosmodel", "id", sha256="0" * 64)))
    assert left(store) == []


def test_the_digest_that_was_asked_for_is_checked_however_the_file_comes(store, web, pack_folder):
    publish(web, "translate-id_en-1_0", from_codes=["id"])
    offered = index(web, entry(web, "translate-id_en-1_0.argosmodel", "id"))
    with pytest.raises(ModelError, match="SHA-256"):
        install(store, "id", replace(offered, sha256="0" * 64))
    with pytest.raises(ModelError, match="is a folder"):
        install(store, str(pack_folder), Wish(sha256="0" * 64))
    two = index(web, entry(web, "a.argosmodel", "ms", "id"), entry(web, "translate-id_en-1_0.argosmodel", "id"))
    with pytest.raises(ModelError, match="2 packages"):
        install(store, "ms", replace(two, sha256="0" * 64))
    assert left(store) == []


def test_a_second_link_is_tried(store, web):
    publish(web, "translate-id_en-1_0", from_codes=["id"])
    links = [f"{web.url}/gone.argosmodel", f"{web.url}/translate-id_en-1_0.argosmodel"]
    assert install(store, "id", index(web, entry(web, "x", "id", links=links)))


def test_a_language_that_the_index_lacks(store, web):
    with pytest.raises(ModelError, match=r"no package from 'ms' to English; it has: id"):
        install(store, "ms", index(web, entry(web, "x", "id"), {"odd": 1}, "junk"))


@pytest.mark.parametrize("text", ["<html>", '{"a": 1}', ""])
def test_an_index_that_is_none(store, web, text):
    (web.folder / "index.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"index\.json"):
        install(store, "ms", Wish(index=f"{web.url}/index.json"))


@pytest.mark.usefixtures("web")
def test_without_a_network_the_index_says_so(store):
    with pytest.raises(ModelError, match="install from a file"):
        install(store, "ms", Wish(index="http://127.0.0.1:1/index.json"))


def test_a_poisoned_download_leaves_nothing(store, web):
    (web.folder / "a.argosmodel").write_bytes(b"PK nonsense")
    with pytest.raises(ModelError, match="neither a zip"):
        install(store, f"{web.url}/a.argosmodel")
    assert left(store) == []


def test_installing_reloads_the_store(tmp_path, archive):
    store = ModelStore(tmp_path / "m")
    assert store.route("id") is None
    install(store, str(archive))
    assert store.route("id") is not None
