"""Build HTML in which text from articles can only ever be text."""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Markup made here; any other string is escaped when it is put into an element."""

    __slots__ = ()


Content = str | int | float | None


def tag(name: str, *content: Content, **attributes: str | None) -> Html:
    """Return an element; a trailing underscore in an attribute's name is dropped (`class_`), None leaves it out."""
    written = "".join(f' {key.rstrip("_")}="{escape(value)}"' for key, value in attributes.items() if value is not None)
    return Html(f"<{name}{written}>{join(content)}</{name}>")


def join(content: Iterable[Content]) -> Html:
    """Return pieces one after another, escaped where they are not markup; None is nothing."""
    return Html("".join(_escaped(piece) for piece in content))


def _escaped(piece: Content) -> str:
    if isinstance(piece, Html):
        return piece
    return "" if piece is None else escape(_written(piece))


def _written(piece: str | float) -> str:
    """Write numbers for people: 12,345 and 0.62."""
    if isinstance(piece, float):
        return f"{piece:.2f}"
    return f"{piece:,}" if isinstance(piece, int) else piece


def table(headings: Sequence[str], rows: Iterable[Sequence[Content]]) -> Html:
    """Return a table; columns of numbers are set to the right."""
    head = tag("tr", *(tag("th", heading) for heading in headings))
    body = [tag("tr", *(_cell(cell) for cell in row)) for row in rows]
    if not body:
        body = [tag("tr", tag("td", "nothing", class_="faint", colspan=str(len(headings))))]
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="scroll")


def _cell(cell: Content) -> Html:
    number = isinstance(cell, int | float)
    return tag("td", cell, class_="number" if number else None)


def words(text: str | None, lang: str | None = None) -> Html:
    """Return text of an article, with its language for the choice of a font and its direction from the text."""
    return tag("span", text, lang=lang, dir="auto", class_="words")


def more(shown: int, total: int, what: str) -> Html:
    """Return a line that says how much is not shown, or nothing."""
    return tag("p", f"… and {total - shown:,} more {what}", class_="faint") if total > shown else Html("")
