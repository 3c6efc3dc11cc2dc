import numpy as np
import pytest

from tests.training.samples import write_tsv
from training.mix import mix
from training.pairs import Pair, TrainingError, read_pairs
from training.pieces import encode
from training.prepare import FACTS, augmented, read_prepared, write_prepared
from training.recipe import Recipe
from training.steps import Order, prepare_folder

RECIPE = "default_cap = 1000\nswap_numbers = 0.5\ncopies = 20\n"


@pytest.fixture
def order(tmp_path):
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(RECIPE, encoding="utf-8")
    return Order((write_tsv(tmp_path),), recipe=recipe, learn=400)


def test_a_prepared_folder_is_read_back_as_it_was_written(order, tmp_path):
    counted = prepare_folder(order, tmp_path / "prepared")
    prepared = read_prepared(tmp_path / "prepared")
    assert counted == len(prepared.source.lengths) == len(prepared.target.lengths) == 320
    assert prepared.target.ids.max() < prepared.n_target <= len(prepared.vocabulary.pieces)
    first = prepared.source.ids[: prepared.source.lengths[0]].tolist()
    text = prepared.vocabulary.processor().decode(first)
    assert encode(prepared.vocabulary.processor(), [text]) == [first]


def test_preparing_twice_gives_the_same_bytes(order, tmp_path):
    for name in ("a", "b"):
        prepare_folder(order, tmp_path / name)
    for part in ("sentencepiece.model", FACTS):
        assert (tmp_path / "a" / part).read_bytes() == (tmp_path / "b" / part).read_bytes()
    a, b = (np.load(tmp_path / name / "pairs.npz") for name in ("a", "b"))
    assert all(np.array_equal(a[key], b[key]) for key in a.files)


def test_evaluation_lines_are_held_out_and_counted(order, tmp_path):
    pairs = list(read_pairs(order.data))
    held_line = pairs[0].english
    (tmp_path / "flores.en").write_text(f"{held_line}\n", encoding="utf-8")
    seen = [pair.english for pair in pairs].count(held_line)
    held = Order(order.data, recipe=order.recipe, learn=400, held_out=(tmp_path / "flores.en",))
    prepare_folder(held, tmp_path / "prepared")
    assert seen > 0
    assert f'"evaluation_lines_left_out": {seen},' in (tmp_path / "prepared" / FACTS).read_text(encoding="utf-8")


def test_long_and_lopsided_pairs_are_left_out(order, tmp_path):
    prepare_folder(order, tmp_path / "first")
    from training.vocabulary import Choice

    prepared = read_prepared(tmp_path / "first")
    pairs = [
        Pair("kapal biru", "blue ship", "id", "ours"),
        Pair("kapal " * 200, "ship " * 200, "id", "ours"),
        Pair("kapal", "ship " * 60, "id", "ours"),
    ]
    mixture = mix(pairs, Recipe())
    choice = Choice(prepared.vocabulary, prepared.n_target)
    assert write_prepared(tmp_path / "second", pairs, choice, mixture, 120) == 1
    with pytest.raises(TrainingError, match="no pair"):
        write_prepared(tmp_path / "third", pairs[1:], choice, mixture, 120)


def test_the_recipe_decides_what_is_added(tmp_path):
    mixture = mix(read_pairs([write_tsv(tmp_path)]), Recipe())
    assert augmented(mixture, Recipe(), None) == mixture.pairs
    assert len(augmented(mixture, Recipe(copies=7), None)) == len(mixture.pairs) + 7


def test_another_folder_is_refused_with_the_command(tmp_path):
    with pytest.raises(TrainingError, match="python -m training prepare"):
        read_prepared(tmp_path)
