"""Fit the weights that ship: `python -m pipeline.clean.train GOLD`, GOLD being the folder that holds `debris_web`."""

import sys
from pathlib import Path

from pipeline.clean.examples import make_examples, read_pages
from pipeline.clean.fit import design, fit
from pipeline.clean.model import WEIGHTS, to_json


def train(gold: Path) -> str:
    """Return the weights fitted on all open pages of `debris_web`, as the text of the weights file."""
    web = gold / "debris_web"
    examples = make_examples(read_pages(web / "dev.jsonl"), read_pages(web / "near_dev.jsonl"))
    return to_json(fit(design(examples, [example.page.site for example in examples])))


if __name__ == "__main__":
    Path(__file__).with_name(WEIGHTS).write_text(train(Path(sys.argv[1])), encoding="utf-8")
