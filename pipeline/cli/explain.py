"""`pipeline explain`: one article's life."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.common import OutputOption

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pipeline.runner.explain import Life, Row


def explain(
    article: Annotated[str, typer.Argument(help="Id of an article or path of its seed, or the start of either.")],
    *,
    output: OutputOption = Path("output"),
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as one JSON object.")] = False,
) -> None:
    """Show what became of one article: repairs, removed lines with their rules, languages, English, links."""
    import json
    from dataclasses import asdict

    from rich.console import Console

    from pipeline.runner.explain import explain as read_life

    life = read_life(output, article)
    if as_json:
        typer.echo(json.dumps(asdict(life), ensure_ascii=False))
        return
    console = Console(highlight=False)
    _head(life, console)
    console.print(_page(life))
    _links(life, console)
    _groups(life, console)


def _head(life: "Life", console: "Console") -> None:
    from rich.markup import escape

    article = life.article
    console.print(f"[bold]{escape(article['title'] or article['path'])}[/bold]")
    if article["title_en"]:
        console.print(f"[italic]{escape(article['title_en'])}[/italic]")
    votes = ", ".join(f"{vote.lang} {vote.characters}" for vote in life.votes)
    facts = {
        "article": f"{article['article_id']}  {article['path']}  {article['n_bytes']} bytes, {article['encoding']}",
        "language": f"{article['lang']} ({article['lang_confidence']:.2f}); letters by language: {votes}",
        "found": ", ".join(f"{name} {article[name]}" for name in ("byline", "source", "published") if article[name]),
        "story": article["story_id"],
        "status": article["status"] + (f": {article['reason']}" if article["reason"] else ""),
    }
    for name, value in facts.items():
        if value:
            console.print(f"{name:<9} {escape(value)}")


def _page(life: "Life") -> "Table":
    """Lay the page beside what was made of it, block by block."""
    from rich.markup import escape
    from rich.table import Table

    english: dict[int, list[Row]] = {}
    for sentence in life.sentences:
        english.setdefault(sentence["block_id"], []).append(sentence)
    table = Table("line", "on the page", "why", "in English", show_lines=True)
    for block in life.blocks:
        text, style = escape(block["text"]), None if block["keep"] else "red"
        made = " ".join(_flagged(sentence) for sentence in english.get(block["block_id"], []))
        table.add_row(
            _span(block),
            f"[strike]{text}[/]" if style else text,
            escape(_why(block)),
            escape(made),
            style=style,
        )
    return table


def _span(block: "Row") -> str:
    start, end = block["line_start"], block["line_end"]
    return str(start) if start == end else f"{start}–{end}"


def _why(block: "Row") -> str:
    fate = block["kind"] if block["keep"] else f"{block['label']}: {block['rule']}"
    return "\n".join([fate, *block["repairs"]])


def _flagged(sentence: "Row") -> str:
    flags = f" ⟨{', '.join(sentence['flags'])}⟩" if sentence["flags"] else ""
    return f"{sentence['english']}{flags}"


def _links(life: "Life", console: "Console") -> None:
    """Say which blocks say the same as blocks of other versions, and why that is believed."""
    from rich.markup import escape

    for link, why in zip(life.links, life.why, strict=True):
        here, there = ("a", "b") if link["article_a"] == life.article["article_id"] else ("b", "a")
        group = "cut from the groups" if link["group_id"] is None else f"group {link['group_id']}"
        parts = {name: value for name, value in link["evidence"].items() if isinstance(value, float)}
        console.print(
            f"[bold]{link[f'article_{there}']}[/bold] ({link[f'lang_{there}']}) "
            f"blocks {_ids(link[f'blocks_{here}'])} ~ {_ids(link[f'blocks_{there}'])}  "
            f"score {link['score']:.2f}  {group}"
        )
        console.print(f"  {escape('; '.join(why))}")
        console.print(f"  [dim]{escape(', '.join(f'{name} {value:.2f}' for name, value in parts.items()))}[/dim]")


def _groups(life: "Life", console: "Console") -> None:
    """Say what all versions of the story have in common."""
    for group in life.groups:
        members = " = ".join(f"{member['lang']} {_ids(member['blocks'])}" for member in group["members"])
        console.print(
            f"group {group['group_id']}  blocks {members}  score {group['score']:.2f}, "
            f"{group['agreement']:.0%} of the pairs of versions linked"
        )


def _ids(blocks: list[Any]) -> str:
    return "+".join(map(str, blocks))
