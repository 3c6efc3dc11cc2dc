"""Build HTML in which text from articles can only ever be text."""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Markup made here; any other string is escaped when it is put into an element."""

    __slots__ = ()


Content = str | int | float | None

MOST_CHARACTERS = 300
LINE_BREAK = Html("<br>")


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
    """Return a table; columns of numbers are set to the right, as their headings are."""
    listed = list(rows)
    first: Sequence[Content] = listed[0] if listed else [None] * len(headings)
    cells = [[_cell("td", cell, number=_is_number(cell)) for cell in row] for row in listed]
    head = [_cell("th", heading, number=_is_number(cell)) for heading, cell in zip(headings, first, strict=True)]
    empty = [[tag("td", "nothing", class_="faint", colspan=str(len(headings)))]]
    body = [tag("tr", *row) for row in cells or empty]
    return tag("div", tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body)), class_="scroll")


def _cell(name: str, content: Content, *, number: bool) -> Html:
    return tag(name, content, class_="number" if number else None)


def _is_number(content: Content) -> bool:
    return isinstance(content, int | float)


def words(text: str | None, lang: str | None = None) -> Html:
    """Return text of an article, with its language for the choice of a font and its direction from the text."""
    return tag("span", text, lang=lang, dir="auto", class_="words")


def sample(text: str, lang: str | None = None) -> Html:
    """Return the beginning of a text of an article."""
    return words(text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…", lang)


def more(shown: int, total: int, what: str) -> Html:
    """Return a line that says how much is not shown, or nothing."""
    return tag("p", f"… and {total - shown:,} more {what}", class_="faint") if total > shown else Html("")
