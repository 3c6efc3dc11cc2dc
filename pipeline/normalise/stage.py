"""The stage: lines become units with spans, units become blocks."""

import re

from pipeline.config import NormaliseConfig
from pipeline.normalise.repairs import repair
from pipeline.records import Block, Kind, Seed

_HEADING = re.compile(r"(?<=\s)#{2,6}\s+(?=\S)")


def normalise(seed: Seed, config: NormaliseConfig) -> tuple[Block, ...]:
    """Return the blocks of a seed in page order."""
    del config
    blocks: list[Block] = []
    offset = 0
    if seed.declared.title:
        blocks.append(Block(0, 0, 0, 0, 0, "", seed.declared.title, Kind.TITLE))
    for number, line in enumerate(seed.text.split("\n"), start=1):
        cuts = [0, *(m.start() for m in _HEADING.finditer(line)), len(line)]
        for a, b in zip(cuts, cuts[1:], strict=False):
            raw = line[a:b]
            start = offset + a + len(raw) - len(raw.lstrip())
            raw = raw.strip()
            if raw:
                text, repairs = repair(raw)
                blocks.append(Block(len(blocks), number, number, start, start + len(raw), raw, text, repairs=repairs))
        offset += len(line) + 1
    return tuple(blocks)
