"""An emitted output folder to read."""

import pytest

from pipeline.config import EmitConfig
from pipeline.emit import duplicate_of
from pipeline.emit.quarantine import Quarantined, write_quarantine
from tests.emit.factories import dossier, emit, harbour_and_library, many_stories

SIGNATURE = "pipeline:0|config:test"


def everything():
    """Return articles of every status, and beads."""
    articles, beads = harbour_and_library()
    thai = dossier("thai.txt", "th", "thai", ((("ข่าวจากตลาดปลา", ""),),), score=0.0, flags=("no_model",))
    return [*articles, duplicate_of(articles[0], "copy/pelabuhan.txt"), thai, *many_stories(20)], beads


@pytest.fixture(scope="session")
def emitted(tmp_path_factory):
    """Return a folder with every file that emit writes."""
    folder = tmp_path_factory.mktemp("output")
    emit(*everything(), SIGNATURE, EmitConfig(), folder)
    write_quarantine([Quarantined("bad.txt", "empty", "holds no text", None, 0)], folder)
    return folder
