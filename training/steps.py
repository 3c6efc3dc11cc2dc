"""What each command does, from paths to paths."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pipeline.errors import ConfigError, MissingExtraError
from pipeline.translate.engine import Decoding
from training.e5 import E5, installed_weights, read_e5
from training.mix import mix
from training.pairs import Pair, TrainingError, read_pairs
from training.pieces import Vocabulary, learn, parse
from training.prepare import E5_WEIGHTS, TOKENIZER, augmented, read_prepared, write_e5, write_prepared
from training.recipe import read_recipe
from training.settings import Settings, Shape
from training.simplified import simplifying
from training.vocabulary import Choice, prune, whole_e5

if TYPE_CHECKING:
    from training.export import Agreement
    from training.model import Model
    from training.score import Quality


Reading = Callable[[Vocabulary], Vocabulary]
"""How a tokenizer is made to read text before its pieces are counted."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to prepare: data, recipe, where the vocabulary comes from, what must not be seen, and the limits."""

    data: tuple[Path, ...]
    recipe: Path | None = None
    like: Path | None = None
    e5: Path | None = None
    learn: int = 0
    dictionary: Path | None = None
    held_out: tuple[Path, ...] = ()
    least: tuple[int, int] = (5, 8)
    longest: int = 120


def prepare_folder(order: Order, out: Path) -> int:
    """Write a prepared folder and return how many pairs it holds."""
    recipe = read_recipe(order.recipe)
    mixture = mix(read_pairs(order.data, recipe.min_score), recipe, lines_of(order.held_out))
    pairs = augmented(mixture, recipe, order.dictionary)
    read = simplifying if recipe.simplify else _as_it_is
    if order.like:
        choice = pack_choice(order.like)
        choice = replace(choice, vocabulary=read(choice.vocabulary))
        return write_prepared(out, pairs, choice, mixture, order.longest)
    if order.learn:
        return write_prepared(out, pairs, _learnt_choice(order.learn, pairs, read), mixture, order.longest)
    e5 = read_e5(order.e5 or installed_weights())
    choice = _e5_choice(e5, pairs, order.least, read)
    counted = write_prepared(out, pairs, choice, mixture, order.longest)
    write_e5(out, e5, choice)
    return counted


def pack_choice(pack: Path) -> Choice:
    """Return the vocabulary of a pack; the decoder's part is as long as its target vocabulary."""
    import json

    try:
        vocabulary = parse((pack / TOKENIZER).read_bytes())
        target = json.loads((pack / "model" / "target_vocabulary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingError(f"{pack} is not a pack with one vocabulary for both sides: {error}") from error
    return Choice(vocabulary, len(target))


def lines_of(paths: Sequence[Path]) -> frozenset[str]:
    """Return the lines of text files, stripped."""
    return frozenset(line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line)


def read_settings(path: Path | None, given: dict[str, Any]) -> Settings:
    """Return the settings of a file, overridden by those given; raise ConfigError for what is not understood."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
        return Settings.model_validate({**values, **given})
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"cannot use the training settings {path or ''}: {error}") from error


def require_torch() -> None:
    """Raise MissingExtraError when torch is not installed."""
    if find_spec("torch") is None:
        raise MissingExtraError("Training a model", "train")


def train_run(
    prepared: Path,
    out: Path,
    start: Path | None,
    settings: Settings,
    *,
    layers: tuple[int, int],
    report: Callable[[str], None],
) -> None:
    """Train, or go on with, the run in `out`."""
    from training.train import Trainer, new_model, sized

    text = read_prepared(prepared)
    if start:
        from training.start import pack_shape

        shape = pack_shape(start)
    else:
        shape = sized(Shape(n_source=1, n_target=1, encoder_layers=layers[0], decoder_layers=layers[1]), text)
    model = new_model(shape, settings)
    report(f"the first weights are {_first_weights(model, prepared, start)}")
    trainer = Trainer(model, text, settings, out)
    report(f"{len(text.source.lengths)} pairs, {sum(v.numel() for v in trainer.parameters) / 1e6:.1f}M weights")
    done = trainer.run(report)
    report(
        f"{done.step} steps, {done.spent / 60:.1f} minutes, {done.seen} pairs; next: python -m training export {out}"
    )


def _first_weights(model: "Model", prepared: Path, start: Path | None) -> str:
    """Fill the model, and say from where."""
    from training.start import load_e5, load_pack

    if start:
        load_pack(model, start, prepared)
        return f"those of {start}"
    if (prepared / E5_WEIGHTS).exists():
        load_e5(model, prepared)
        return "those of multilingual-e5-small; the decoder's are drawn"
    return "drawn"


def export_pack(
    run: Path, out: Path, codes: Sequence[str], version: str, *, check: Sequence[Path], lines: int
) -> "Agreement":
    """Write a run's averaged model as a pack and return how well CTranslate2 agrees with torch."""
    from training.checkpoint import load_model
    from training.export import export

    texts = [line.strip() for path in check for line in path.read_text(encoding="utf-8").splitlines()[:lines]]
    return export(load_model(run), out, codes, version, [line for line in texts if line])


def score_pack(
    pack: Path, files: tuple[Path, Path], decoding: tuple[int, int, float], lines: int, threads: int
) -> "Quality":
    """Score a pack on a source file and its reference."""
    from training.score import score

    source, reference = (path.read_text(encoding="utf-8").splitlines()[: lines or None] for path in files)
    if len(source) != len(reference):
        raise TrainingError(
            f"{files[0]} has {len(source)} lines and {files[1]} {len(reference)}; they must go together"
        )
    beam, no_repeat, length_penalty = decoding
    return score(pack, source, reference, Decoding(beam, no_repeat, length_penalty=length_penalty), threads)


def _as_it_is(vocabulary: Vocabulary) -> Vocabulary:
    return vocabulary


def _learnt_choice(size: int, pairs: Sequence[Pair], read: Reading) -> Choice:
    sources, english = [pair.source for pair in pairs], sorted({pair.english for pair in pairs})
    return prune(read(learn([*sources, *english], size)), (), sources, english, (1, 1))


def _e5_choice(e5: E5, pairs: Sequence[Pair], least: tuple[int, int], read: Reading) -> Choice:
    sources, english = [pair.source for pair in pairs], sorted({pair.english for pair in pairs})
    full, rows = whole_e5(e5, english)
    return prune(read(full), rows, sources, english, least)
