"""Which pairs a model is trained on, and how many of each: a TOML file, refused when it is not understood."""

import tomllib
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError


class Recipe(BaseModel):
    """The mixture of the training text; a share is a probability."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(default=1, description="the same seed, files and recipe give the same mixture")
    min_score: float = Field(default=0.0, ge=0, le=1, description="least score of a corpus pair")
    default_cap: int = Field(default=1_000_000, ge=0, description="most pairs of an origin that `caps` does not name")
    caps: dict[str, dict[str, int]] = Field(
        default_factory=dict, description="most pairs of an origin, by language (`any`: of all)"
    )
    repeat: dict[str, int] = Field(default_factory=dict, description="how often an origin's pairs are taken; once")
    join: dict[str, float] = Field(
        default_factory=dict, description="share of an origin's pairs that are run together with one or two others"
    )
    swap_names: float = Field(default=0.0, ge=0, le=1, description="share of pairs in which a shared name is replaced")
    swap_numbers: float = Field(default=0.0, ge=0, le=1, description="share in which a shared number is replaced")
    copies: int = Field(default=0, ge=0, description="made-up sentences in which names and numbers pass through")
    dictionary: int = Field(default=0, ge=0, description="most entries of a CC-CEDICT file to take")
    simplify: bool = Field(default=False, description="the tokenizer reads Traditional Chinese as Simplified")
    traditional: float = Field(default=0.0, ge=0, le=1, description="share of Simplified sources made Traditional")

    def cap(self, lang: str, origin: str) -> int:
        """Return how many pairs of an origin may be taken in a language."""
        for group in (lang, "any"):
            if origin in self.caps.get(group, {}):
                return self.caps[group][origin]
        return self.default_cap


def read_recipe(path: Path | None) -> Recipe:
    """Read a recipe, or the one that the shipped pack was made by.

    Raises ConfigError when a key is unknown or a value is out of range.
    """
    text = (path or files("training").joinpath("recipes/starter.toml")).read_text(encoding="utf-8")
    try:
        return Recipe.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"cannot read the recipe {path or 'starter.toml'}: {error}") from error
