"""Write the tree that trafilatura leaves of a page as text: a line a block, with the marks that normalise reads."""

from collections.abc import Iterable, Iterator
from typing import Any

_MARKS = {"head": "## ", "item": "- ", "quote": "> ", "row": "- "}
_INLINE = frozenset(("code", "del", "graphic", "hi", "ref"))
_CELLS = " | "


def write_out(body: Any) -> str:  # noqa: ANN401 (an element of lxml, which ships no types)
    """Return the text of a tree of `p`, `head`, `list`, `item`, `quote`, `table`, `row` and what stands within lines.

    A table's row is a list item, its cells side by side.
    """
    return "\n".join(_lines(body, ""))


def _lines(element: Any, mark: str) -> Iterator[str]:  # noqa: ANN401
    """Yield the lines of one block; text of its own ends where a block within it begins."""
    if element.tag == "row":
        yield from _line(_CELLS.join(filter(None, (_plain(cell.itertext()) for cell in element))), mark)
        return
    inline: list[str] = [element.text or ""]
    for child in element:
        if child.tag in _INLINE:
            inline += child.itertext()
        else:
            yield from _line(_plain(inline), mark)
            yield from _lines(child, _MARKS.get(child.tag, mark))
            inline = []
        inline.append(child.tail or "")
    yield from _line(_plain(inline), mark)


def _line(text: str, mark: str) -> Iterator[str]:
    if text:
        yield mark + text


def _plain(parts: Iterable[str]) -> str:
    """Join what stands on one line, white space as one space."""
    return " ".join("".join(parts).split())
