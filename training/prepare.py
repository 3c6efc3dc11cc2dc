"""Turn pairs into a prepared folder: the vocabulary, the pairs as piece ids, and a count of what was taken.

PREPARED/
  sentencepiece.model   the tokenizer, target pieces first
  prepared.json         sizes, counts by language and origin
  pairs.npz             piece ids of both sides, flat, with the lengths of the lines
  e5.npz                embeddings and layers of e5 to start from (only with that start)
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from training.augment import shared_names, swap_name, swap_number
from training.chinese import dictionary_pairs, make_traditional
from training.copies import copies, no_names
from training.e5 import E5
from training.mix import Mixture
from training.pairs import Pair, TrainingError
from training.pieces import Vocabulary, encode, parse
from training.recipe import Recipe
from training.vocabulary import Choice

Ids = npt.NDArray[np.int32]
Lengths = npt.NDArray[np.int64]
TOKENIZER, FACTS, PAIRS, E5_WEIGHTS = "sentencepiece.model", "prepared.json", "pairs.npz", "e5.npz"
LONGEST_RATIO, SLACK = 4, 8


@dataclass(frozen=True, slots=True)
class Side:
    """The lines of one side as piece ids, one after the other, with their lengths and where each begins."""

    ids: Ids
    lengths: Lengths
    starts: Lengths


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared folder, read."""

    vocabulary: Vocabulary
    n_target: int
    source: Side
    target: Side


def augmented(mixture: Mixture, recipe: Recipe, dictionary: Path | None) -> tuple[Pair, ...]:
    """Return the mixture with names and numbers swapped, made-up copies, dictionary entries and both scripts."""
    stop = no_names()
    names = shared_names(mixture.pairs, stop)
    random = Random(f"{recipe.seed}/swaps")
    pairs = []
    for pair in mixture.pairs:
        named = swap_name(pair, random, names, stop) if random.random() < recipe.swap_names else pair
        pairs.append(swap_number(named, random) if random.random() < recipe.swap_numbers else named)
    pairs += copies(recipe.copies, recipe.seed, names)
    pairs += dictionary_pairs(dictionary, recipe.dictionary, recipe.seed) if dictionary else ()
    return tuple(make_traditional(pairs, recipe.traditional, recipe.seed))


def write_prepared(folder: Path, pairs: Sequence[Pair], choice: Choice, mixture: Mixture, longest: int) -> int:
    """Write the folder and return how many pairs went in; raise TrainingError when none did."""
    vocabulary = choice.vocabulary
    sources = encode(vocabulary.processor(), [pair.source for pair in pairs])
    targets = encode(vocabulary.head(choice.n_target).processor(), [pair.english for pair in pairs])
    kept = [i for i in range(len(pairs)) if _fits(len(sources[i]), len(targets[i]), longest)]
    if not kept:
        raise TrainingError("no pair is left to train on; look at the recipe's caps and at the data")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / E5_WEIGHTS).unlink(missing_ok=True)  # of what was prepared here before
    (folder / TOKENIZER).write_bytes(vocabulary.to_bytes())
    source, target = flat([sources[i] for i in kept]), flat([targets[i] for i in kept])
    np.savez(
        folder / PAIRS,
        source=source.ids,
        source_lengths=source.lengths,
        target=target.ids,
        target_lengths=target.lengths,
    )
    facts = {
        "n_target": choice.n_target,
        "pairs": len(kept),
        "evaluation_lines_left_out": mixture.held_out,
        "taken": {f"{lang}/{origin}": n for (lang, origin), n in sorted(mixture.taken.items()) if n},
    }
    (folder / FACTS).write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(kept)


def write_e5(folder: Path, e5: E5, choice: Choice) -> None:
    """Keep the part of e5 that the vocabulary needs, still quantised."""
    rows = e5.embeddings(np.array(choice.e5_rows, np.int64)).astype(np.float16)
    layers = {name: raw for name, raw in e5.arrays.items() if name != "emb.word"}
    sizes = np.array([e5.width, e5.layers, e5.heads, e5.feed_forward])
    everything: dict[str, Any] = {"sizes": sizes, "rows": rows, **layers}
    np.savez(folder / E5_WEIGHTS, **everything)


def read_prepared(folder: Path) -> Prepared:
    """Read a prepared folder; raise TrainingError when it is not one."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        arrays = np.load(folder / PAIRS)
        source = _side(arrays["source"], arrays["source_lengths"])
        target = _side(arrays["target"], arrays["target_lengths"])
        vocabulary = parse((folder / TOKENIZER).read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(f"{folder} is not a prepared folder ({error}); run: python -m training prepare") from error
    return Prepared(vocabulary, int(facts["n_target"]), source, target)


def flat(lines: Sequence[Sequence[int]]) -> Side:
    """Return lines of ids as one array with their lengths."""
    lengths = np.array([len(line) for line in lines], np.int64)
    ids = np.fromiter((i for line in lines for i in line), np.int32, int(lengths.sum()))
    return _side(ids, lengths)


def _side(ids: Ids, lengths: Lengths) -> Side:
    return Side(ids, lengths, np.concatenate([np.zeros(1, np.int64), lengths.cumsum()[:-1]]))


def _fits(source: int, target: int, longest: int) -> bool:
    """Tell whether a pair has words on both sides, not too many, and not far more on one than on the other."""
    if not (0 < source <= longest and 0 < target <= longest):
        return False
    return source < LONGEST_RATIO * target + SLACK and target < LONGEST_RATIO * source + SLACK
