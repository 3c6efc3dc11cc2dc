"""Split a text into sentences with the rules of sentencex, then mend what they cut too eagerly or too late."""

import re
from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]

from pipeline.config import SegmentConfig
from pipeline.segment.guard import belongs_to_previous, has_word
from pipeline.segment.quotes import cut_full_stops, cut_long_quote

_DEFAULT = SegmentConfig()

_SAFE_CUT = re.compile(r"[.!?]\s|[。！？!?؟।۔។]|\n")


def split(text: str, lang: str, config: SegmentConfig = _DEFAULT) -> tuple[str, ...]:
    """Return the sentences of a text, stripped; joined, they are the text but for white space. Takes linear time."""
    sentences: list[list[str]] = []
    wordless: list[str] = []  # what stands before the first word of a sentence, or after the last of the text
    for piece in _pieces(text, lang, config):
        if sentences and belongs_to_previous(sentences[-1][-1], piece, lang):
            sentences[-1].append(piece)
        elif has_word(piece):
            sentences.append([*wordless, piece])
            wordless.clear()
        else:
            wordless.append(piece)
    if wordless:
        sentences.append(wordless)
    return tuple(sentence for parts in sentences if (sentence := "".join(parts).strip()))


def _pieces(text: str, lang: str, config: SegmentConfig) -> Iterator[str]:
    rules = lang.split("-", maxsplit=1)[0]
    for window in _windows(text, config.window):
        for piece in sentencex.segment(rules, window):
            for part in cut_full_stops(piece):
                yield from cut_long_quote(part, rules, config.long_quote)


def _windows(text: str, size: int) -> Iterator[str]:
    """Cut a text into windows of at most `size` characters, after a sentence end or a space where there is one.

    sentencex takes time quadratic in the number of sentences it is given at once.
    """
    start = 0
    while len(text) - start > size:
        end = _last_cut(text, start, start + size)
        yield text[start:end]
        start = end
    yield text[start:]


def _last_cut(text: str, start: int, stop: int) -> int:
    cuts = [match.end() for match in _SAFE_CUT.finditer(text, start + (stop - start) // 2, stop)]
    if cuts:
        return cuts[-1]
    space = text.rfind(" ", start, stop)
    return space + 1 if space > start else stop
