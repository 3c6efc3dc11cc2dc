"""Label the lines of an HTML page by what trafilatura, which sees the tags, takes for the article."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from pipeline.clean.examples import DEBRIS, IGNORE, KEEP
from pipeline.errors import MissingExtraError

_BLOCK = re.compile(
    "address|article|aside|audio|blockquote|body|br|button|canvas|center|dd|details|dialog|dir|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|input|label|legend|li|main|menu|nav|ol|optgroup|option"
    "|p|pre|section|select|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul|video"
)
_UNSEEN = re.compile("embed|head|math|noscript|object|script|style|svg|template")
_SETTINGS = ((False, False), (True, False), (False, True))  # as it comes, strict, generous
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DENSE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONG_DENSE, _LONG = 8, 24  # letters from which a line is recognised inside a paragraph of the article
_FEWEST_LINES, _LEAST_STORY, _AGREED = 15, 150, 0.75  # of a page to learn from; letters; of what is kept at any setting
_TITLE, _TITLE_SHARE, _TITLE_BELOW, _AROUND = 5, 0.6, 3, 4  # letters, share of a title's letters, lines, lines


def teach(html: bytes) -> list[tuple[str, str]]:
    """Return the lines of a page as naive tools dump them, each with keep, debris or ignore; none for a poor lesson.

    A line is story when trafilatura keeps it at each of its settings, debris when it keeps it at none. Lines between
    the two, and titles, are ignored. A page is a poor lesson when its articles at the settings share little.
    """
    try:
        import lxml.html
        import trafilatura
    except ImportError:
        raise MissingExtraError("training the page model", "html") from None
    source = _DECLARATION.sub("", trafilatura.utils.decode_file(html))
    tree = lxml.html.document_fromstring(source)
    body = tree.find("body")
    articles = [
        trafilatura.extract(source, include_comments=False, favor_precision=strict, favor_recall=generous) or ""
        for strict, generous in _SETTINGS
    ]
    titles = [_letters(title.text_content()) for title in tree.iter("title", "h1")]
    return label_lines(dump(tree if body is None else body), articles, titles)


def dump(tree: Any) -> list[str]:  # noqa: ANN401  # lxml has no types
    """Return the text of an lxml tree, a line a block, hidden or not."""
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and _UNSEEN.fullmatch(element.tag):
            walk.skip_subtree()
            continue
        is_edge = event in ("start", "end") and _BLOCK.fullmatch(element.tag)
        text = element.text if event == "start" else element.tail if element is not tree else ""
        pieces.append(("\n" if is_edge else "") + _spaced(text))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def _spaced(text: str | None) -> str:
    return re.sub(r"\s", " ", text or "")


def label_lines(lines: Sequence[str], articles: Sequence[str], titles: Sequence[str]) -> list[tuple[str, str]]:
    """Label lines by the articles that hold them; nothing when they are few or the articles share little.

    `articles` hold a paragraph a line, `titles` letters only.
    """
    letters = [_letters(line) for line in lines]
    votes = list(zip(*(_held(letters, article) for article in articles), strict=True))
    by_all, by_any = (
        sum(len(line) for line, vote in zip(letters, votes, strict=True) if rule(vote)) for rule in (all, any)
    )
    story = [at for at, vote in enumerate(votes) if all(vote) and _is_long(letters[at])]
    if len(lines) < _FEWEST_LINES or len(story) <= 1 or by_all < max(_LEAST_STORY, _AGREED * by_any):
        return []
    first, last = story[0], story[-1]

    def label(at: int) -> str:
        if not letters[at] or (at <= first + _TITLE_BELOW and _is_title(letters[at], titles)):
            return IGNORE
        if all(votes[at]):
            if first <= at <= last or _is_long(letters[at]):
                return KEEP
            return IGNORE if first - _AROUND <= at <= last + _AROUND else DEBRIS
        return IGNORE if any(votes[at]) else DEBRIS

    return [(line, label(at)) for at, line in enumerate(lines)]


def _held(letters: Sequence[str], article: str) -> list[bool]:
    """Tell which lines stand in an article: long ones anywhere, short ones as a paragraph."""
    paragraphs = {_letters(line) for line in article.split("\n")}
    whole = _letters(article)
    return [line in whole if _is_long(line) else bool(line) and line in paragraphs for line in letters]


def _is_long(letters: str) -> bool:
    return len(letters) >= (_LONG_DENSE if _DENSE.search(letters) else _LONG)


def _is_title(letters: str, titles: Sequence[str]) -> bool:
    return len(letters) >= _TITLE and any(
        letters in title or (title in letters and len(title) > _TITLE_SHARE * len(letters)) for title in titles if title
    )


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
