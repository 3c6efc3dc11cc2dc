"""Cut a sentence that is too long for the model at its clause marks, and join the English of the pieces."""

import re
from collections.abc import Callable
from itertools import pairwise

# From the strongest mark to the weakest; a Latin mark counts only before a space, so that `4,8` and URLs stay whole.
_MARKS = (
    re.compile(r"(?<=[。！？!?…])(?=[^\s”’」』）)])|(?<=[.!?…]) (?=\S)"),
    re.compile(r"(?<=[；：—])|(?<=[;:–—]) (?=\S)"),
    re.compile(r"(?<=[，、])|(?<=,) (?=\S)"),
    re.compile(r"\s+"),
)


def cut(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return pieces of `text` that each fit, as long as its marks allow; without any mark, cut between characters."""
    return [text] if fits(text) else _cut(text, fits, 0)


def _cut(text: str, fits: Callable[[str], bool], level: int) -> list[str]:
    if level == len(_MARKS):
        return _halve(text, fits)
    clauses = [clause for clause in _split(_MARKS[level], text) if clause.strip()]
    pieces: list[str] = []
    for clause in clauses:
        if pieces and fits(joined := _glue(pieces[-1], clause)):
            pieces[-1] = joined
        elif fits(clause):
            pieces.append(clause)
        else:
            pieces += _cut(clause, fits, level + 1)
    return pieces


def _split(mark: re.Pattern[str], text: str) -> list[str]:
    ends = [0, *(match.end() for match in mark.finditer(text)), len(text)]
    return [text[a:b].strip() for a, b in pairwise(ends)]


def _glue(left: str, right: str) -> str:
    return left + right if _wide(left[-1]) or _wide(right[0]) else f"{left} {right}"


def _wide(character: str) -> bool:
    return character >= "\u2e80"


def _halve(text: str, fits: Callable[[str], bool]) -> list[str]:
    middle = len(text) // 2
    if fits(text) or not middle:
        return [text]
    return [*_halve(text[:middle], fits), *_halve(text[middle:], fits)]


def join(sources: list[str], english: list[str]) -> str:
    """Join the English of pieces; a piece that did not end its sentence loses the full stop the model gave it."""
    parts = [
        re.sub(r"\s*\.$", mark, text) if (mark := _inner_mark(source)) is not None else text
        for source, text in zip(sources[:-1], english[:-1], strict=True)
    ]
    return " ".join(part for part in [*parts, english[-1]] if part)


def _inner_mark(source: str) -> str | None:
    last = source.rstrip()[-1:]
    if last in ".!?。！？…":
        return None
    return {"，": ",", ",": ",", "、": ",", "；": ";", ";": ";", "：": ":", ":": ":"}.get(last, "")


def fragment(english: str, source: str) -> str:
    """Return a part of a sentence without the capital and full stop that the model gives what it takes for a whole."""
    text = english.strip().removesuffix(".")
    first = text.partition(" ")[0]
    return text if first in source or first == "I" or not first.istitle() else text[:1].lower() + text[1:]


def close(english: str, source: str) -> str:
    """Give the last part of a sentence the full stop that the whole has."""
    return f"{english}." if source.rstrip()[-1:] in ".。" and english and english[-1] not in ".!?" else english
