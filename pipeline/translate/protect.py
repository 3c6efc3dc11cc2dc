"""Carry what must not be translated through the model: put a placeholder in its place and take it out again.

Which placeholders a model copies was measured on sentences of our own (docs/translation.md): a capital letter with one
digit comes through nearly always, brackets and invented words do not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.translate.names import bare, find_names
from pipeline.translate.names.latin import INNER_CAPITAL
from pipeline.translate.numbers import values, written
from pipeline.translate.terms import Found, Terms

PLACEHOLDERS = tuple(f"{letter}{digit}" for letter in "QX" for digit in "7894563")
_LITERALS = re.compile(
    r"""`[^`\n]+`                                                        # code
    |(?:https?|ftp)://[^\s<>"'，。；：、！？（）《》「」“”㐀-鿿]*[A-Za-z0-9_/]       # URL
    |(?<![A-Za-z0-9_@.])www\.[^\s<>"'，。；：、！？（）《》「」“”㐀-鿿]*[A-Za-z0-9_/]
    |(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+  # e-mail
    |(?<![A-Za-z0-9_@./])@[A-Za-z0-9_]{2,}                            # handle
    |(?<![A-Za-z0-9_\#&/])\#(?!\d+\b)\w{2,}                           # tag
    """,
    re.VERBOSE,
)


_OWN_CASE = re.compile(rf"{INNER_CAPITAL.pattern}|[A-Z]{{2}}[a-z]")  # no word in small letters is spelt so
_KINDS = frozenset({"City", "Ocean", "River"})
_SHORT = 4  # letters


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a source whose English is known: `kind` is `literal`, `term`, `keep`, `name` or `number`."""

    start: int
    end: int
    english: str
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A source with placeholders, and what each stands for."""

    text: str
    stands_for: tuple[tuple[str, str], ...]


def spans(source: str, lang: str, known: Terms) -> tuple[Span, ...]:
    """Return all that has to be carried over, from left to right; where kinds overlap, the stricter one counts."""
    return layered(literals(source), terms(known.find(source, lang)), names(source, lang), numbers(source, lang))


def literals(source: str) -> tuple[Span, ...]:
    """Return the URLs, e-mail addresses, handles, tags and code in a source."""
    return tuple(Span(m.start(), m.end(), m[0], "literal") for m in _LITERALS.finditer(source))


def names(source: str, lang: str) -> tuple[Span, ...]:
    """Return the names that English writes as the source does."""
    return tuple(Span(name.start, name.end, name.english, "name") for name in find_names(source, lang))


def terms(found: Iterable[Found]) -> tuple[Span, ...]:
    """Return the spans of the terms found."""
    return tuple(Span(f.start, f.end, f.term.english, "keep" if f.term.kept else "term") for f in found)


def numbers(source: str, lang: str) -> tuple[Span, ...]:
    """Return the numbers in digits, with their English spelling."""
    return tuple(Span(n.start, n.end, n.english, "number") for n in written(source, lang))


def layered(*layers: Iterable[Span]) -> tuple[Span, ...]:
    """Merge spans from left to right; where two overlap, that of the earlier layer stays."""
    kept: list[Span] = []
    for layer in layers:
        kept += [span for span in layer if all(span.end <= k.start or span.start >= k.end for k in kept)]
    return tuple(sorted(kept, key=lambda span: span.start))


def mask(source: str, spans: tuple[Span, ...]) -> Masked:
    """Put a placeholder in place of each span; equal spans share one, and what is beyond the supply stays."""
    supply = iter([p for p in PLACEHOLDERS if p.lower() not in source.lower()])
    given: dict[str, str] = {}
    parts: list[str] = []
    end = 0
    for span in spans:
        placeholder = given.get(span.english) or next(supply, None)
        if placeholder is None:
            break
        given[span.english] = placeholder
        parts += [source[end : span.start], placeholder]
        end = span.end
    return Masked("".join([*parts, source[end:]]), tuple((p, english) for english, p in given.items()))


def unmask(english: str, masked: Masked) -> str:
    """Put back what the placeholders stand for; one that the model lost is simply not there."""
    for placeholder, original in masked.stands_for:
        english = re.sub(_pattern(placeholder), _literal(original), english)
    return english


def lost_placeholders(english: str, masked: Masked) -> int:
    """Count the placeholders that did not come through; what the model made of them stands in the English."""
    return sum(re.search(_pattern(placeholder), english) is None for placeholder, _ in masked.stands_for)


def _pattern(placeholder: str) -> str:
    letter, digit = placeholder[0], placeholder[1]
    return rf"(?<![^\W_])[{letter}{letter.lower()}] ?{digit}(?![^\W_])"


def holds(span: Span, english: str) -> bool:
    """Tell whether the English says the span: names and terms in any case, numbers by value, the rest to the letter."""
    if span.kind == "literal":
        return span.english in english
    if span.kind == "number":
        said = values(english, "en")
        return all(number.values & said for number in written(span.english, "en"))
    if span.kind == "name":
        return _names(bare(english), span.english)
    return _says(english, span.english)


def _names(english: str, name: str) -> bool:
    """Tell whether a name is said: its words in any order (`Texas Rick Perry`: Rick Perry, governor of Texas).

    One that only tells a river from a city may be left out (`the Pacific`), and initials will do (`the UN`).
    """
    words = [word for word in name.split() if word not in _KINDS] or name.split()
    initials = "".join(word[0] for word in words)
    return all(_says(english, word, exact=_is_short(word)) for word in words) or (
        len(words) > 1 and initials.isupper() and _says(english, initials, exact=True)
    )


def _is_short(word: str) -> bool:
    """Tell whether a name may be spelt as an everyday word is: `WHO`, `An`, `Long`."""
    return word.isupper() or (len(word) <= _SHORT and word.istitle())


def _says(english: str, text: str, *, exact: bool = False) -> bool:
    letters = re.sub(r"(?<=[A-Za-z])(?=\d)", "[ -]?", re.escape(text))
    pattern = rf"(?<![^\W_]){letters}(?:e?s)?(?![^\W_])"
    return re.search(pattern, english, 0 if exact else re.IGNORECASE) is not None


def restore_names(english: str, spans: tuple[Span, ...]) -> str:
    """Write names as the source writes them: a model's `chatGPT` becomes `ChatGPT` again.

    A name that is a word in small letters (`Grab`, `WHO`) is left alone, and so is all where one stands as it should.
    """
    for span in spans:
        if span.english in english or (span.kind == "name" and not _OWN_CASE.search(span.english)):
            continue
        if span.kind in {"keep", "name"} or (span.kind == "term" and not span.english.islower()):
            pattern = rf"(?<![^\W_]){re.escape(span.english)}(?=(?:e?s)?(?![^\W_]))"
            english = re.sub(pattern, _literal(span.english), english, flags=re.IGNORECASE)
    return english


def restore_numbers(english: str, source: str, spans: tuple[Span, ...]) -> str:
    """Write numbers that were copied the English way: a Vietnamese `1.200` becomes `1,200`."""
    for span in spans:
        original = source[span.start : span.end]
        if span.kind == "number" and original != span.english and re.fullmatch(r"[\d.,]+", original):
            english = re.sub(rf"(?<![\w.,]){re.escape(original)}(?!\w|[.,]\d)", span.english, english)
    return english


def _literal(text: str) -> str:
    """Return a replacement that `re.sub` takes to the letter."""
    return text.replace("\\", "\\\\")
