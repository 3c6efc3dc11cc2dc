"""Do the work of a run on a Ray cluster, or on a Ray that is started for the run on this machine.

Articles and errands are mapped over processors; sentences go to one decoder a machine, which loads each model once and
uses every processor there. Store, cache and files stay with the caller: nothing need be shared between machines, models
are sent where they are missing. Results come back in order, so that the bytes written are those of a run without Ray.
"""

import atexit
import os
import shutil
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Self

from pipeline.align.side import side_texts
from pipeline.config import Config, TranslateConfig
from pipeline.encode import Encoder, load_encoder
from pipeline.encode.base import vector_key
from pipeline.errors import ConfigError, MissingExtraError, ModelError, PipelineError
from pipeline.records import Hypothesis, Version
from pipeline.runner.crew import AHEAD, Errand, Tools, Work, ahead, shares
from pipeline.runner.keys import STAGES, Keyring
from pipeline.runner.luggage import Luggage
from pipeline.runner.steps import Outcome, Task
from pipeline.store import Pack, Route, read_pack
from pipeline.translate.attempt import Job
from pipeline.translate.decoder import Decoder
from pipeline.translate.version import libraries

_WORTH_SENDING = 256  # fewer sentences fill no batches, and one machine decodes them all
_PATIENCE = 10  # seconds until a machine that does not answer counts as not there
_FAR_STAGES = tuple(stage for stage in STAGES if stage not in {"ingest", "emit"})


class Cluster:
    """The machines of a Ray cluster at `address`; without one, `jobs` processes of this machine."""

    def __init__(self, config: Config, jobs: int, address: str | None = None) -> None:
        self._config, self._jobs, self._address = config, jobs, address
        self._ray: Any = None
        self._mine = False

    def __enter__(self) -> Self:
        """Connect; raise PipelineError when the cluster does not answer, MissingExtraError without Ray."""
        # nothing is reported home, and a variable that future versions will leave alone is left alone
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        try:
            import ray
        except ImportError as error:
            raise MissingExtraError("--engine ray", "ray") from error
        self._ray, self._mine = ray, not ray.is_initialized()
        if self._mine:
            self._connect()
        kit = {"config": self._config.model_dump_json(), "versions": versions(self._config)}
        self._kit = ray.put(kit)
        return self

    def _connect(self) -> None:
        if self._address:
            _knock(self._address)
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        own = {} if self._address else {"num_cpus": self._jobs, "include_dashboard": False}
        try:
            self._ray.init(address=self._address or "local", **own, **quiet)
        except (ConnectionError, RuntimeError, ValueError, self._ray.exceptions.RayError) as error:
            where = f"reach the Ray cluster at {self._address}" if self._address else "start Ray on this machine"
            raise PipelineError(f"cannot {where}: {_first_line(error)}; see: ray status") from error

    def __exit__(self, *_: object) -> None:
        """Disconnect; a Ray that was started for the run ends with it."""
        if self._mine:
            self._ray.shutdown()

    @property
    def width(self) -> int:
        """A quarter of the processors: what one process takes at once keeps about four of them busy."""
        return max(1, self._n_processors // 4)

    @property
    def decoder(self) -> "Interpreters":
        """A decoder on each machine, started with the first sentence; they end when nobody holds them any more."""
        return Interpreters(self._ray, self._kit, self._get)

    def advance(self, batches: Iterable[Sequence[Task]], n_tasks: int, work: Work) -> Iterator[list[Outcome]]:  # noqa: ARG002
        """Yield the outcomes of a share at a time; however few there are, the workers wait already."""
        remote, sent = self._ray.remote(num_cpus=1)(far_work), self._ray.put(work)
        every = (share for batch in batches for share in shares(batch))
        return self._map(lambda share: remote.remote(self._kit, sent, share), every)

    def errands(self, errands: Iterable[Errand], tools: Tools) -> Iterator[Mapping[str, bytes]]:
        """Yield results one by one; each errand is sent with what is known of the vectors and rows that it needs."""
        remote = self._ray.remote(num_cpus=1)(far_errand)

        def send(errand: Errand) -> Any:  # noqa: ANN401 (a reference of Ray's)
            vectors = tools.vectors.get_many(_vectors_of(errand.versions, tools.encoder))
            rows = tools.rows.get_many(errand.keys())
            return remote.remote(self._kit, errand, tools.encoder.name, vectors, rows)

        for found, vectors, rows in self._map(send, errands):
            tools.vectors.put_many(vectors)
            tools.rows.put_many(rows)
            yield found

    @property
    def _n_processors(self) -> int:
        return int(self._ray.cluster_resources().get("CPU", 1))

    def _map(self, send: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Keep every processor busy; yield results in the order of the items."""
        return map(self._get, ahead(items, send, AHEAD * self._n_processors))

    def _get(self, reference: Any) -> Any:  # noqa: ANN401
        """Wait for a result; raise what a person should read when there is none."""
        try:
            return self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, PipelineError):
                raise error.cause from error
            raise PipelineError(
                f"a Ray worker failed: {_first_line(error.cause)}; is pipeline installed there as it is here?"
            ) from error
        except self._ray.exceptions.RayError as error:
            raise PipelineError(
                f"a Ray worker was lost ({_first_line(error)}), most likely for want of memory; what is done is kept: "
                "run again"
            ) from error


class Interpreters:
    """Decoders, one on each machine of a cluster."""

    def __init__(self, ray: Any, kit: Any, get: Callable[[Any], Any]) -> None:  # noqa: ANN401
        self._ray, self._kit, self._get = ray, kit, get
        self._actors: list[Any] = []
        self._sent: set[str] = set()

    def decode(self, jobs: list[Job], route: Route) -> list[Hypothesis]:
        """Return the English of each job; the jobs are shared out evenly."""
        if not jobs:
            return []
        self._equip(route)
        n = min(len(self._actors), -(-len(jobs) // _WORTH_SENDING))
        # every n-th job, so that the long sentences of one article do not all fall to one machine
        asked = [actor.decode.remote(jobs[k::n], route) for k, actor in enumerate(self._actors[:n])]
        found: list[Any] = [None] * len(jobs)
        for k, answer in enumerate(asked):
            found[k::n] = self._get(answer)
        return found

    def _equip(self, route: Route) -> None:
        """Start the decoders if need be, and give them the models of a route."""
        if not self._actors:
            self._actors = [self._start(node) for node in _working(self._ray.nodes())]
        for pack in route.packs:
            if pack.digest not in self._sent:
                self._send(pack)
                self._sent.add(pack.digest)

    def _send(self, pack: Pack) -> None:
        """Give a pack to the decoders that have no folder with just its bytes."""
        found = [(actor, actor.knows.remote(pack)) for actor in self._actors]
        lacking = [actor for actor, answer in found if not self._get(answer)]
        if lacking:
            files = self._ray.put(_read_files(pack.folder))
            for answer in [actor.learn.remote(pack, files) for actor in lacking]:
                self._get(answer)

    def _start(self, node: str) -> Any:  # noqa: ANN401
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        place = NodeAffinitySchedulingStrategy(node, soft=False)
        return self._ray.remote(num_cpus=0, scheduling_strategy=place)(Interpreter).remote(self._kit)


class Interpreter:
    """What decodes on one machine, in a process of its own."""

    def __init__(self, kit: Mapping[str, str]) -> None:
        _check(kit["config"], kit["versions"])
        config: TranslateConfig = Config.model_validate_json(kit["config"]).translate
        self._decoder = Decoder(config)
        self._packs: dict[str, Pack] = {}

    def knows(self, pack: Pack) -> bool:
        """Use a pack where it lies, if it lies here too; tell whether it does."""
        try:
            same = read_pack(pack.folder).digest == pack.digest
        except (ModelError, OSError):
            same = False
        if same:
            self._packs[pack.digest] = pack
        return same

    def learn(self, pack: Pack, files: Mapping[str, bytes]) -> None:
        """Take the files of a pack; they go with the process. Raises ModelError when they are not those."""
        home = mkdtemp(prefix="pipeline-models-")
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        folder = Path(home) / pack.folder.name
        _write_files(folder, files)
        if not self.knows(replace(pack, folder=folder)):
            raise ModelError(f"the model {pack.label} did not arrive whole; run again")

    def decode(self, jobs: list[Job], route: Route) -> list[Hypothesis]:
        """Return the English of each job."""
        own = tuple(self._packs[pack.digest] for pack in route.packs)
        return self._decoder.decode(jobs, Route(route.lang, own))


def far_work(kit: Mapping[str, str], work: Work, share: Sequence[Task]) -> list[Outcome]:
    """Take articles through stages in a process of the cluster."""
    _check(kit["config"], kit["versions"])
    return work(share)


def far_errand(
    kit: Mapping[str, str], errand: Errand, encoder: str, vectors: Mapping[str, bytes], rows: Mapping[str, bytes]
) -> tuple[Mapping[str, bytes], dict[str, bytes], dict[str, bytes]]:
    """Do an errand in a process of the cluster; return its results, and the vectors and rows that it made."""
    _check(kit["config"], kit["versions"])
    carried, known = Luggage(vectors), Luggage(rows)
    found = errand.run(Tools(_encoder(encoder, kit["config"]), carried, known))
    return found, carried.made, known.made


def versions(config: Config) -> str:
    """Return, a line each, the versions of all that decides a result on a worker."""
    parts = Keyring(config).parts
    lines = {f"{stage}: {name} {number}" for stage in _FAR_STAGES for name, number in parts[stage].items()}
    lines |= {f"translate: {name} {number}" for name, number in libraries().items()}
    return "\n".join(sorted(lines))


@cache
def _check(config: str, wanted: str) -> None:
    """Refuse to work with other versions than the caller's: the bytes would be others."""
    here = versions(Config.model_validate_json(config))
    differing = sorted(set(wanted.split("\n")) - set(here.split("\n")))
    if differing:
        raise ConfigError(
            f"the Ray worker on {os.uname().nodename} lacks what this machine works with ({'; '.join(differing[:3])}); "
            "install the same versions on every machine"
        )


@cache
def _encoder(name: str, config: str) -> Encoder:
    """Return the encoder of this name, found by what the configuration asks for."""
    settings = Config.model_validate_json(config)
    for asked in (settings.align.encoder, settings.group.encoder):
        found = load_encoder(asked)
        if found.name == name:
            return found
    raise ConfigError(
        f"the Ray worker on {os.uname().nodename} has no encoder {name}; install the same extras on every machine"
    )


def _knock(address: str) -> None:
    """Raise PipelineError when nobody listens at `host:port`: Ray itself would wait for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not port.isdigit():
        return  # `auto`, or what Ray alone can understand
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
    except OSError as error:
        raise PipelineError(
            f"cannot reach the Ray cluster at {address}: {error}; start one there (ray start --head) or name another "
            "with --address"
        ) from error


def _vectors_of(versions: Iterable[Version], encoder: Encoder) -> list[str]:
    """Return the keys of the vectors that are surely asked for; runs of sentences only aligning finds out."""
    read = (side_texts(version, encoder) for version in versions)
    return sorted({vector_key(encoder, text) for texts, pieces in read for text in chain(texts, *pieces)})


def _working(nodes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the ids of the machines that are up; of those that may work, where there are any."""
    alive = [node for node in nodes if node["Alive"]]
    working = [node for node in alive if node["Resources"].get("CPU", 0) > 0] or alive
    return sorted(str(node["NodeID"]) for node in working)


def _read_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _first_line(error: BaseException) -> str:
    """Return the first line of an error that says something."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
