import pytest

from pipeline.errors import ConfigError
from training.recipe import Recipe, read_recipe


def test_the_shipped_recipe_is_read_and_leaves_unnamed_origins_out():
    recipe = read_recipe(None)
    assert recipe.cap("id", "panl_bppt_int") > 0
    assert recipe.cap("id", "somebody_elses_files") == 0
    assert recipe.cap("zh-Hans", "ms_teamsdocs_mt") <= 30_000
    assert recipe.cap("vi", "corpus_mined") > recipe.cap("vi", "corpus_mt") == 0


def test_a_language_comes_before_any():
    recipe = Recipe(caps={"any": {"news": 5}, "vi": {"news": 2}}, default_cap=9)
    assert [recipe.cap("vi", "news"), recipe.cap("id", "news"), recipe.cap("id", "talks")] == [2, 5, 9]


@pytest.mark.parametrize("text", ["swap_names = 2", "unknown = 1", "caps = 3", "not toml"])
def test_what_is_not_understood_is_refused(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        read_recipe(path)
