"""Make up sentences whose names, brands, numbers and addresses must pass through, from templates of our own."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from random import Random

from training.augment import a_name, made_up_name
from training.pairs import Pair

ORIGIN = "copies"
TOP_LEVELS = ("com", "org", "net", "id", "vn", "cn")
CAPITALS = "ABCDEFGHKLMNPRSTVX"


def copies(count: int, seed: int, names: Sequence[str]) -> tuple[Pair, ...]:
    """Return `count` made-up pairs, the same for the same arguments."""
    random = Random(f"{seed}/{ORIGIN}")
    return tuple(_fill(random, names) for _ in range(count))


@cache
def no_names() -> frozenset[str]:
    """Return capitalised words that are no names."""
    return frozenset(_data("no_names.txt").split())


@cache
def _templates() -> tuple[tuple[str, str, str], ...]:
    rows = (line.split("\t") for line in _data("copies.tsv").splitlines())
    return tuple((lang, source, english) for lang, source, english in rows)


def _fill(random: Random, names: Sequence[str]) -> Pair:
    lang, source, english = random.choice(_templates())
    values = {
        "name": a_name(random, names),
        "other": a_name(random, names),
        "place": a_name(random, names),
        "brand": _brand(random),
        "product": f"{made_up_name(random)} {random.randint(1, 20)}",
        "number": str(random.randint(2, 99)),
        "amount": str(random.choice((random.randint(100, 999), random.randint(1000, 99999)))),
        "year": str(random.randint(1850, 2030)),
        "day": str(random.randint(4, 20)),
        "url": f"https://www.{made_up_name(random).lower()}.{random.choice(TOP_LEVELS)}",
        "mail": f"{made_up_name(random).lower()}@{made_up_name(random).lower()}.{random.choice(TOP_LEVELS)}",
    }
    return Pair(source.format(**values), english.format(**values), lang, ORIGIN)


def _brand(random: Random) -> str:
    letters = "".join(random.choice(CAPITALS) for _ in range(random.choice((2, 3, 4))))
    return random.choice((letters, made_up_name(random), made_up_name(random) + made_up_name(random)))


def _data(name: str) -> str:
    return files("training").joinpath(f"data/{name}").read_text(encoding="utf-8")
