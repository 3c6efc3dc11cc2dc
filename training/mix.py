"""Choose the training pairs: so many of each origin, in an order that the recipe's seed fixes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from pipeline.segment import joint
from training.pairs import Pair
from training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Mixture:
    """The chosen pairs and how many pairs each language and origin had and gave."""

    pairs: tuple[Pair, ...]
    offered: Counter[tuple[str, str]]
    taken: Counter[tuple[str, str]]
    held_out: int


def mix(pairs: Iterable[Pair], recipe: Recipe, forbidden: frozenset[str] = frozenset()) -> Mixture:
    """Draw the recipe's share of every origin.

    A pair is left out when either side stands in `forbidden` (the lines of the evaluation sets): its score would
    otherwise mean nothing. Each origin is drawn with its own generator, so that another origin changes nothing for it.
    """
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    held_out = 0
    for pair in pairs:
        if pair.source in forbidden or pair.english in forbidden:
            held_out += 1
        else:
            groups[pair.lang, pair.origin].append(pair)
    chosen = {key: _draw(key, group, recipe) for key, group in sorted(groups.items())}
    order = [pair for group in chosen.values() for pair in group]
    Random(recipe.seed).shuffle(order)
    offered = Counter({key: len(group) for key, group in groups.items()})
    taken = Counter({key: len(group) for key, group in chosen.items()})
    return Mixture(tuple(order), offered, taken, held_out)


def _draw(key: tuple[str, str], group: list[Pair], recipe: Recipe) -> list[Pair]:
    lang, origin = key
    cap = recipe.cap(lang, origin)
    random = Random(f"{recipe.seed}/{lang}/{origin}")
    chosen = group if len(group) <= cap else random.sample(group, cap)
    rounds, share = range(recipe.repeat.get(origin, 1)), recipe.join.get(origin, 0.0)
    return [pair for _ in rounds for pair in (join(chosen, share, random) if share else chosen)]


def join(pairs: Iterable[Pair], share: float, random: Random) -> Iterator[Pair]:
    """Yield the pairs of one origin, a share of them run together with one or two others, in a random order.

    A model that has seen only short lines of a language stops early in long ones; unrelated neighbours are enough to
    teach it to go on ("Sentence Concatenation Approach to Data Augmentation", Kondo et al. 2021).
    """
    left = list(pairs)
    random.shuffle(left)
    while left:
        first = left.pop()
        count = random.choice((1, 2)) if random.random() < share else 0
        parts = [first, *(left.pop() for _ in range(min(count, len(left))))]
        source, english = (
            joint(first.lang).join(part.source for part in parts),
            " ".join(part.english for part in parts),
        )
        yield Pair(source, english, first.lang, first.origin)
