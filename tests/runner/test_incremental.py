"""The law: whatever happened to the seeds, an incremental run's output is byte-identical to a full run's."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline.align
import pipeline.clean
import pipeline.emit
import pipeline.group
import pipeline.segment
from tests.runner.worlds import TEXTS, World, fingerprint

NAMES = (*TEXTS, "sub/a.txt", "b.md")
BUMPED = (pipeline.clean, pipeline.segment, pipeline.group, pipeline.align, pipeline.emit)
EXTRA = (
    "\n\nPara nelayan menyambut baik kabar itu.\n",
    "\n\nBagikan\nKomentar\n",
    "\n\nA second ferry will follow in May 2026.\n",
    "\n\n市长说,工程花了三百万元。\n",
)


@dataclass(frozen=True)
class Edit:
    """One thing that happens to a seeds folder."""

    what: str
    name: str
    other: str
    text: str

    def apply(self, world: World) -> None:
        """Do it, where it can be done."""
        path, target = world.seeds / self.name, world.seeds / self.other
        if self.what == "add":
            world.write(self.name, self.text)
        elif self.what == "touch" and path.exists():
            path.touch()
        elif self.what == "change" and path.exists():
            path.write_text(path.read_text() + self.text)
        elif self.what == "remove":
            path.unlink(missing_ok=True)
        elif self.what == "rename" and path.exists() and self.name != self.other:
            target.parent.mkdir(exist_ok=True)
            path.rename(target)
        elif self.what == "copy" and path.exists() and self.name != self.other:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(path, target)


EDITS = st.builds(
    Edit,
    what=st.sampled_from(["add", "change", "remove", "rename", "copy", "touch"]),
    name=st.sampled_from(NAMES),
    other=st.sampled_from(NAMES),
    text=st.sampled_from([*TEXTS.values(), *EXTRA, ""]),
)
BUMPS = st.sampled_from(BUMPED)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(st.lists(EDITS | BUMPS, min_size=1, max_size=4), min_size=1, max_size=3))
def test_an_incremental_run_writes_the_bytes_of_a_full_run(script, tiny_models, tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    world = World(folder / "seeds", folder / "output", tiny_models)
    world.seeds.mkdir()
    world.fill()
    with pytest.MonkeyPatch.context() as patch:
        world.run()
        for n, step in enumerate(script):
            for event in step:
                if isinstance(event, Edit):
                    event.apply(world)
                else:
                    patch.setattr(event, "VERSION", f"bumped {n}")
            world.run()
            assert fingerprint(world.output) == full_run(world, folder / f"full{n}")


def full_run(world: World, output: Path) -> dict[str, str]:
    world.run(output=output)
    return fingerprint(output)
