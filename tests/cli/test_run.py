"""`run`, `plan` and `explain` as a person calls them: exit codes, and words that help."""

import json
import shutil
import sys
import warnings

import pytest

from pipeline.cli import app as application
from pipeline.encode import Lexical
from pipeline.runner.state import exclusive
from tests.packs import build_pack
from tests.runner.worlds import MARKET_ID, World

SETTINGS = '[group]\nencoder = "lexical"\n[align]\nencoder = "lexical"\n'


@pytest.fixture
def call(tmp_path, tiny_models, monkeypatch, capsys):
    """Call the command line in a folder with sample seeds; return exit code, output and errors."""
    world = World(tmp_path / "seeds", tmp_path / "output", tiny_models)
    world.fill()
    (tmp_path / "pipeline.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(warnings, "formatwarning", warnings.formatwarning)  # put back what the command line sets

    def run(*arguments):
        models = ["--models", str(tiny_models)] if arguments[0] in {"run", "plan"} else []
        monkeypatch.setattr(sys, "argv", ["pipeline", arguments[0], *models, *arguments[1:]])
        with pytest.raises(SystemExit) as stop:
            application.main()
        captured = capsys.readouterr()
        return stop.value.code or 0, captured.out, captured.err

    run.world = world
    return run


def test_run_ends_with_a_summary(call):
    code, out, err = call("run", "--jobs", "1")
    assert code == 0
    assert "5 ok" in out
    assert "translate" in err
    assert "already up to date" in call("run", "--jobs", "1")[1]


def test_plan_before_and_after(call):
    code, out, _ = call("plan")
    assert code == 0
    assert "ferry-id.txt: from normalise on (new)" in out
    call("run", "--jobs", "1")
    assert "0 to redo, 5 unchanged" in call("plan")[1]


def test_plan_names_what_changed(call):
    call("run", "--jobs", "1")
    seeds = call.world.seeds
    (seeds / "ferry-id.txt").rename(seeds / "moved.txt")
    (seeds / "market-id.txt").unlink()
    (seeds / "bridge-zh.txt").write_text("旧铁桥明年春天才会重新开放,市长这样说。\n")
    (seeds / "new.txt").write_text("Sebuah taman baru dibuka di tepi sungai pada hari Minggu.\n")
    rows = [json.loads(line) for line in call("plan", "--json")[1].splitlines()]
    assert {(row["path"], row["stage"], row["reason"]) for row in rows} == {
        ("bridge-zh.txt", "normalise", "changed"),
        ("ferry-id.txt", "group", "removed"),
        ("market-id.txt", "group", "removed"),
        ("moved.txt", "emit", "renamed or copied"),
        ("new.txt", "normalise", "new"),
    }


def test_plan_names_stage_setting_and_model(call, monkeypatch, tmp_path):
    call("run", "--jobs", "1")
    (tmp_path / "pipeline.toml").write_text(SETTINGS + "[translate]\nbeam_size = 3\n")
    assert "configuration: [translate]" in call("plan")[1]
    monkeypatch.setattr("pipeline.clean.VERSION", "99")
    assert "stage version: clean" in call("plan")[1]


def test_plan_names_what_goes_to_the_quarantine_and_what_came_back(call):
    first = (call.world.seeds / "ferry-id.txt").read_bytes()
    call("run", "--jobs", "1")
    call.world.write("ferry-id.txt", MARKET_ID.replace("340", "350"))
    call.world.write("broken.txt", b"\x00\x01\x02")
    call("run", "--jobs", "1")
    assert "0 to redo" in call("plan")[1], "what is in quarantine already is no news"
    call.world.write("ferry-id.txt", first)
    call.world.write("broken.txt", b"\x00\x01\x03")
    out = call("plan")[1]
    assert "ferry-id.txt: from group on (changed)" in out
    assert "broken.txt: from emit on (quarantined: binary)" in out


def test_plan_names_encoder_glossary_models_and_lost_files(call, monkeypatch, tmp_path):
    call("run", "--jobs", "1")
    build_pack(tmp_path / "models" / "thai-1_0", {"เรือ": "ferry"}, from_codes=("th",))
    shutil.copytree(call.world.models, tmp_path / "models", dirs_exist_ok=True)
    assert "which no article here needs" in call("plan", "--models", str(tmp_path / "models"))[1]
    with monkeypatch.context() as patch:
        patch.setattr(Lexical, "name", "lexical-99")
        assert "encoder lexical-" in call("plan")[1]
    (tmp_path / "terms.tsv").write_text("id\tpasar ikan\tfish market\n")
    (tmp_path / "pipeline.toml").write_text(SETTINGS + '[translate]\nglossary = "terms.tsv"\n')
    assert "market-id.txt: from translate on (the glossary or the names to keep)" in call("plan")[1]
    (tmp_path / "pipeline.toml").write_text(SETTINGS)
    assert "0 to redo" in call("plan")[1]
    (call.world.output / "groups.parquet").unlink()
    assert "files in the output folder were changed or removed" in call("plan")[1]


def test_plan_writes_nothing(call, tmp_path):
    call("plan")
    assert not (tmp_path / "output").exists()


def test_explain_by_path_and_by_id(call):
    call("run", "--jobs", "1")
    code, out, _ = call("explain", "ferry-id.txt")
    assert code == 0
    assert "share" in out
    life = json.loads(call("explain", "ferry-id.txt", "--json")[1])
    assert call("explain", life["article"]["article_id"][:6])[0] == 0
    assert any(not block["keep"] and block["rule"] for block in life["blocks"])
    assert life["votes"][0]["lang"] == "id"


def test_explain_says_what_it_cannot_find(call):
    code, _, err = call("explain", "nothing")
    assert (code, "pipeline run" in err) == (1, True)
    call("run", "--jobs", "1")
    code, _, err = call("explain", "nothing")
    assert (code, "no article 'nothing'" in err) == (1, True)


def test_explain_knows_copies_and_quarantined_seeds(call):
    call.world.write("z/copy.txt", (call.world.seeds / "ferry-id.txt").read_bytes())
    call.world.write("empty.txt", "")
    call("run", "--jobs", "1")
    life = json.loads(call("explain", "z/copy.txt", "--json")[1])
    assert life["article"]["status"] == "duplicate"
    assert life["sentences"]
    whole = json.loads(call("explain", life["article"]["article_id"], "--json")[1])
    assert whole["article"]["path"] == "ferry-id.txt"
    code, _, err = call("explain", "empty.txt")
    assert (code, "quarantined (empty)" in err) == (1, True)


def test_explain_counts_votes_under_the_settings_of_the_run(call, tmp_path):
    (tmp_path / "pipeline.toml").write_text(SETTINGS + '[identify]\nlanguages = ["vi"]\n')
    call("run", "--jobs", "1")
    life = json.loads(call("explain", "ferry-id.txt", "--json")[1])
    assert [vote["lang"] for vote in life["votes"]] == ["vi"]


@pytest.mark.parametrize("command", [("explain", "ferry-id.txt"), ("report",), ("export", "--format", "jsonl")])
def test_damaged_tables_are_reported_and_the_next_run_mends_them(call, tmp_path, command):
    call("run", "--jobs", "1")
    for table in (tmp_path / "output").rglob("*.parquet"):
        table.write_bytes(table.read_bytes()[:-20])
    code, _, err = call(*command)
    assert (code, "pipeline run --output" in err) == (1, True)
    call("run", "--jobs", "1")
    assert call(*command)[0] == 0


def test_a_report_made_anew_leaves_nothing_to_do(call):
    call("run", "--jobs", "1")
    assert call("report")[0] == 0
    assert "already up to date" in call("run", "--jobs", "1")[1]


def test_what_the_system_refuses_is_one_line(call, tmp_path):
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / ".state").write_text("a file where a folder should be")
    code, _, err = call("run")
    assert (code, err.count("\n")) == (1, 1)
    assert str(tmp_path / "output" / ".state") in err or "output/.state" in err


@pytest.mark.filterwarnings("default")
def test_a_damaged_model_is_one_line(call, tmp_path, monkeypatch):
    (tmp_path / "models" / "broken-1_0").mkdir(parents=True)
    shown = []
    monkeypatch.setattr(warnings, "showwarning", lambda *a, **_: shown.append(warnings.formatwarning(*a[:4])))
    assert call("plan", "--models", "models")[0] == 0
    assert [line.count("\n") for line in shown] == [1]
    assert shown[0].startswith("pipeline: model left out: ")


@pytest.mark.parametrize("option", ["--seeds", "--output", "--models"])
def test_a_file_in_place_of_a_folder_exits_with_2(call, tmp_path, option):
    (tmp_path / "file").write_text("")
    code, _, err = call("run", option, "file")
    assert code == 2
    assert option in err


def test_strict_exits_with_4_for_a_quarantined_seed(call):
    call.world.write("empty.txt", "")
    assert call("run", "--jobs", "1")[0] == 0
    assert call("run", "--jobs", "1", "--strict")[0] == 4


def test_strict_exits_with_4_for_an_untranslated_seed(call):
    call.world.write("thai.txt", "เรือข้ามฟากลำใหม่เริ่มให้บริการเมื่อวันจันทร์ที่ผ่านมา\n")
    assert call("run", "--jobs", "1", "--strict")[0] == 4


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ("[clean]\nno_such_key = 1\n", "clean.no_such_key"),
        ('[translate]\ncompute_type = "int3"\n', "translate.compute_type"),
        ('[translate]\nglossary = "nowhere.tsv"\n', "nowhere.tsv"),
        ('[group]\nencoder = "nowhere"\n', "nowhere"),
    ],
)
def test_wrong_settings_exit_with_2_before_any_work(call, tmp_path, settings, word):
    (tmp_path / "pipeline.toml").write_text(settings)
    code, _, err = call("run")
    assert code == 2
    assert word in err
    assert "computed" not in err


def test_a_missing_seeds_folder_exits_with_2_and_makes_nothing(call, tmp_path):
    code, _, err = call("run", "--seeds", "nowhere")
    assert code == 2
    assert "nowhere" in err
    assert not (tmp_path / "output").exists()


def test_an_unknown_engine_exits_with_2(call):
    assert call("run", "--engine", "steam")[0] == 2


def test_a_held_output_folder_exits_with_3(call, tmp_path):
    (tmp_path / "output").mkdir()
    with exclusive(tmp_path / "output"):
        code, _, err = call("run")
    assert code == 3
    assert "another run" in err
