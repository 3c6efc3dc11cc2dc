"""Fit the weights that ship: `python -m pipeline.clean.train FOLDER`, FOLDER holding the archives of `lessons.toml`."""

import sys
from pathlib import Path

from pipeline.clean.examples import make_examples
from pipeline.clean.fit import design, fit
from pipeline.clean.lessons import read_lessons, read_sources
from pipeline.clean.model import WEIGHTS, to_json
from pipeline.errors import PipelineError


def train(folder: Path) -> str:
    """Return the weights fitted on the pages of all sources, as the text of the weights file."""
    return to_json(fit(design(make_examples(read_lessons(folder, read_sources())))))


if __name__ == "__main__":
    try:
        weights = train(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    except PipelineError as error:
        sys.exit(str(error))
    Path(__file__).with_name(WEIGHTS).write_text(weights, encoding="utf-8")
