"""Options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.config import Config

DEFAULT_CONFIG = Path("pipeline.toml")

SeedsOption = Annotated[Path, typer.Option(help="Folder of scraped articles; never changed.")]
OutputOption = Annotated[Path, typer.Option(help="Folder that a run writes.")]
ModelsOption = Annotated[Path, typer.Option(help="Folder of translation models.")]
ConfigOption = Annotated[
    Path | None, typer.Option(help="TOML file of settings.", show_default="pipeline.toml, if present")
]


def read_config(path: Path | None) -> "Config":
    """Load the configuration a command was given, else `pipeline.toml` where there is one, else the defaults."""
    from pipeline.config import load_config

    return load_config(path or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None))
