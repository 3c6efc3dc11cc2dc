"""`pipeline models`: the translation models that are installed."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import ModelsOption

if TYPE_CHECKING:
    from pipeline.store import ModelStore, Pack
    from pipeline.store.canary import Verdict

app = typer.Typer(help="List, install, check and remove translation models.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list")
def list_models(*, models: ModelsOption = Path("models"), as_json: JsonOption = False) -> None:
    """Show what is installed: languages, version, size, digest and licence."""
    store = _open(models)
    for pack in store.packs():
        typer.echo(json.dumps(_row(pack), ensure_ascii=False) if as_json else _line(pack))
    for path, reason in store.damaged:
        if as_json:
            typer.echo(json.dumps({"folder": str(path), "damaged": reason}, ensure_ascii=False))
        else:
            typer.echo(f"{path.name}: damaged: {reason}")
    _say_if_empty(store)


@app.command()
def install(
    what: Annotated[str, typer.Argument(help="An .argosmodel file, a model's folder, an address, or a language.")],
    *,
    models: ModelsOption = Path("models"),
    from_code: Annotated[
        list[str] | None, typer.Option("--from", help="Source language, where the model does not say; repeatable.")
    ] = None,
    to_code: Annotated[str, typer.Option("--to", help="Target language, where the model does not say.")] = "en",
    licence: Annotated[str | None, typer.Option(help="The model's licence.")] = None,
    sha256: Annotated[str | None, typer.Option(help="Refuse a file with another SHA-256.")] = None,
    index: Annotated[str | None, typer.Option(help="Address of the index.", show_default="Argos' own")] = None,
    check: Annotated[bool, typer.Option(help="Try the model before it is installed.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Install a model; it is tried on a few sentences first, and refused when it babbles."""
    from pipeline.store.convert import Said
    from pipeline.store.index import ARGOS_INDEX
    from pipeline.store.install import Wish
    from pipeline.store.install import install as install_into

    said = Said(tuple(from_code or ()), to_code, licence)
    wish = Wish(said, sha256, index or ARGOS_INDEX, check)
    for pack in install_into(_open(models), what, wish):
        typer.echo(json.dumps(_row(pack), ensure_ascii=False) if as_json else f"installed {_line(pack)}")


@app.command()
def check(
    name: Annotated[str | None, typer.Argument(help="One model.", show_default="all")] = None,
    *,
    models: ModelsOption = Path("models"),
    as_json: JsonOption = False,
) -> None:
    """Let each model translate sentences whose English is known; exit code 1 when one babbles or cannot be read."""
    from pipeline.store.canary import check as try_out

    store = _open(models)
    verdicts = try_out(store, store.find(name) if name else None)
    for verdict in verdicts:
        typer.echo(json.dumps(asdict(verdict), ensure_ascii=False) if as_json else _said(verdict))
    _say_if_empty(store)
    damaged = () if name else store.damaged
    for path, reason in damaged:
        typer.echo(f"pipeline: {path.name}: {reason}", err=True)
    if damaged or any(verdict.ok is False for verdict in verdicts):
        raise typer.Exit(1)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="The model's name, as `list` shows it.")],
    *,
    models: ModelsOption = Path("models"),
    as_json: JsonOption = False,
) -> None:
    """Delete a model from the folder."""
    removed = _open(models).remove(name)
    typer.echo(json.dumps({"removed": str(removed)}) if as_json else f"removed {removed}")


def _open(folder: Path) -> "ModelStore":
    """Open the store without its warnings: these commands say themselves what is damaged."""
    import warnings

    from pipeline.store import DamagedPackWarning, ModelStore

    warnings.simplefilter("ignore", DamagedPackWarning)
    return ModelStore(folder)


def _say_if_empty(store: "ModelStore") -> None:
    if not store.packs() and not store.damaged:
        typer.echo(f"no models in {store.folder}; install one: pipeline models install LANG", err=True)


def _row(pack: "Pack") -> dict[str, object]:
    return {
        "name": pack.name,
        "version": pack.version,
        "from": list(pack.from_codes),
        "to": pack.to_code,
        "kind": pack.kind,
        "size": pack.size,
        "digest": pack.digest,
        "licence": pack.licence,
        "origin": pack.origin,
        "folder": str(pack.folder),
    }


def _line(pack: "Pack") -> str:
    languages = f"{', '.join(pack.from_codes)} → {pack.to_code}"
    about = f"{pack.size / 2**20:.1f} MiB, sha256 {pack.digest[:12]}, licence: {pack.licence}"
    return f"{pack.label}: {languages} ({pack.kind}, {about})"


def _said(verdict: "Verdict") -> str:
    state = {True: "ok", False: f"refused: {verdict.reason}", None: verdict.reason}[verdict.ok]
    said = "".join(f"\n    {english}" for english in verdict.english)
    return f"{verdict.model} {verdict.lang}: {state}{said}"
