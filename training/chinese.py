"""Chinese text that parallel collections lack: dictionary entries as short pairs, and the other script."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from pipeline.errors import MissingExtraError
from training.pairs import Pair

ORIGIN = "cc_cedict"
ENTRY = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S*\|\S*")
NO_MEANING = re.compile(
    r"variant of|^see |CL:|surname |\(archaic\)|\(dialect|abbr\.|used in|old name|radical|classifier|particle"
)
HAN = re.compile("[\u4e00-\u9fff]")
LONGEST = 5


def dictionary_pairs(path: Path, count: int, seed: int) -> tuple[Pair, ...]:
    """Return at most `count` entries of a CC-CEDICT file as pairs, half of them in each script.

    Only the first meaning is taken, and only if it is at most five words; names of people and places come first.
    """
    random = Random(f"{seed}/{ORIGIN}")
    entries = list(read_cedict(path.read_text(encoding="utf-8").splitlines()))
    random.shuffle(entries)
    entries.sort(key=lambda entry: not entry[2][:1].isupper())
    return tuple(
        Pair(traditional, english, "zh-Hant", ORIGIN) if i % 2 else Pair(simplified, english, "zh-Hans", ORIGIN)
        for i, (traditional, simplified, english) in enumerate(entries[:count])
    )


def read_cedict(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield Traditional, Simplified and the first meaning of the entries that have a short one."""
    for line in lines:
        entry = ENTRY.match(line)
        if entry is None:
            continue
        traditional, simplified, _, meanings = entry.groups()
        first = meanings.split("/")[0]
        english = " ".join(ASIDE.sub("", first.split(";")[0]).split()).strip(" ,")
        fits = english and len(english.split()) <= LONGEST and not HAN.search(english)
        if fits and HAN.search(simplified) and not NO_MEANING.search(first):
            yield traditional, simplified, english


def make_traditional(pairs: Iterable[Pair], share: float, seed: int) -> Iterator[Pair]:
    """Yield the pairs, a share of the Simplified sources rewritten as Taiwan writes them.

    Raises MissingExtraError when OpenCC is not installed and the share is not 0.
    """
    if not share:
        yield from pairs
        return
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise MissingExtraError("Turning Simplified into Traditional Chinese", "train") from error
    random, convert = Random(f"{seed}/traditional"), OpenCC("s2twp").convert
    for pair in pairs:
        chosen = pair.lang == "zh-Hans" and random.random() < share
        yield Pair(convert(pair.source), pair.english, "zh-Hant", pair.origin) if chosen else pair
