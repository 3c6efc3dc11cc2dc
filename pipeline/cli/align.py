"""`pipeline align`: which lines of two files say the same thing."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import ConfigOption, ModelsOption, read_config
from pipeline.cli.inputs import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Bead, Passage, Version


def align(
    a: Annotated[Path, typer.Argument(help="A text, one unit a line.", show_default=False)],
    b: Annotated[Path, typer.Argument(help="Another version of it, one unit a line.", show_default=False)],
    *,
    lang_a: Annotated[str | None, typer.Option(help="Language of A (BCP-47).", show_default="detected")] = None,
    lang_b: Annotated[str | None, typer.Option(help="Language of B (BCP-47).", show_default="detected")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One bead a line: a, b, score, evidence, why.")] = False,
    as_ladder: Annotated[bool, typer.Option("--ladder", help="0-based [0, 1]:[0]:score, deletions too.")] = False,
    models: ModelsOption = Path("models"),
    config: ConfigOption = None,
) -> None:
    """Align two files line by line; a line that has no partner is in no bead."""
    from pipeline.align import align_pair, hears_pivot
    from pipeline.align.lines import ladder, translator, version_of_lines, with_english
    from pipeline.encode import MemoryCache, load_encoder
    from pipeline.errors import ConfigError

    if as_json and as_ladder:
        raise ConfigError("--json and --ladder ask for two formats; choose one")
    settings = read_config(config)
    encoder = load_encoder(settings.align.encoder)
    versions = [
        version_of_lines(name, read_text(path), lang) for name, path, lang in (("a", a, lang_a), ("b", b, lang_b))
    ]
    cache = MemoryCache()
    if hears_pivot(versions[0], versions[1], encoder, cache):
        english = translator(models, settings.translate)
        versions = [with_english(version, english) for version in versions]
    beads = align_pair(versions[0], versions[1], encoder, settings.align, cache)
    if as_ladder:
        rows = iter(ladder(beads, versions[0], versions[1]))
    else:
        rows = _json(beads, *versions) if as_json else _plain(beads, *versions)
    for row in rows:
        typer.echo(row)


def _json(beads: "tuple[Bead, ...]", a: "Version", b: "Version") -> "Iterator[str]":
    for bead, left, right in _with_passages(beads, a, b):
        row = {
            "a": bead.blocks_a,
            "b": bead.blocks_b,
            "score": bead.score,
            "evidence": asdict(bead.evidence),
            "why": _why(bead, (left, a.lang), (right, b.lang)),
            "regime": bead.regime,
            "links": bead.links,
        }
        yield json.dumps(row, ensure_ascii=False)


def _plain(beads: "tuple[Bead, ...]", a: "Version", b: "Version") -> "Iterator[str]":
    for bead, left, right in _with_passages(beads, a, b):
        yield f"{_lines(bead.blocks_a)} ~ {_lines(bead.blocks_b)}  {bead.score:.2f}  {bead.regime}"
        yield from (f"  < {passage.text}" for passage in left)
        yield from (f"  > {passage.text}" for passage in right)
        yield f"  {'; '.join(_why(bead, (left, a.lang), (right, b.lang)))}"


def _with_passages(
    beads: "tuple[Bead, ...]", a: "Version", b: "Version"
) -> "Iterator[tuple[Bead, list[Passage], list[Passage]]]":
    passages = [{passage.block_id: passage for passage in version.passages} for version in (a, b)]
    for bead in beads:
        yield bead, [passages[0][unit] for unit in bead.blocks_a], [passages[1][unit] for unit in bead.blocks_b]


def _why(bead: "Bead", *sides: "tuple[list[Passage], str]") -> tuple[str, ...]:
    from pipeline.align.why import Told, reasons

    first, second = (
        Told("\n".join(p.text for p in passages), lang, "\n".join(p.english for p in passages if p.english))
        for passages, lang in sides
    )
    return reasons(first, second, bead.evidence)


def _lines(units: tuple[int, ...]) -> str:
    return ",".join(map(str, units))
