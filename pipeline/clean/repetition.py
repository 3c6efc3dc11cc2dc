"""Repetition across a source: a line that recurs over many articles of one site is debris, whatever it says."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.clean.fold import bare, fold
from pipeline.config import CleanConfig
from pipeline.records import Block, Cleaned, Declared, Kind

LABEL = "repeated"
RULE = "source.repeated"
_TWICE = 2  # what stands in one article is not repeated, whatever the configuration says


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Where an article comes from, and the forms of its kept lines with their lengths in characters.

    The source is the host of the declared address, else the source that the article or its container names; `""` when
    nothing tells.
    """

    source: str
    lengths: dict[str, int]


def source_lines(cleaned: Cleaned, declared: Declared) -> SourceLines:
    """Read from a cleaned article what repetition needs to know of it; titles do not count."""
    lengths: dict[str, int] = {}
    for block in cleaned.blocks:
        if block.keep and block.kind is not Kind.TITLE and (form := _form(block)):
            lengths[form] = len(form)
    return SourceLines(_host(declared.url or "") or fold(cleaned.metadata.source or declared.source or ""), lengths)


def find_repeated(articles: Mapping[str, SourceLines], config: CleanConfig) -> dict[str, tuple[str, ...]]:
    """Return the forms of each article's lines that recur in its source, sorted; articles without any are left out.

    A line recurs when `repeated_articles` articles of the source have it, and `repeated_share` of all. An article most
    of whose text stands in others too has no say: it is the same story fetched again, not a frame around another.
    """
    if not config.repeated_articles:
        return {}
    sources: dict[str, list[str]] = defaultdict(list)
    for article_id in sorted(articles):
        sources[articles[article_id].source].append(article_id)
    found: dict[str, tuple[str, ...]] = {}
    for source, members in sources.items():
        if source and len(members) >= config.repeated_articles:
            frame = _frame([articles[member] for member in members], config)
            own = {member: tuple(sorted(frame & articles[member].lengths.keys())) for member in members}
            found |= {member: forms for member, forms in own.items() if forms}
    return found


def drop_repeated(blocks: tuple[Block, ...], forms: tuple[str, ...]) -> tuple[Block, ...]:
    """Mark the kept blocks that are one of the repeated lines as debris."""
    repeated = frozenset(forms)
    return tuple(_removed(block) if block.keep and _form(block) in repeated else block for block in blocks)


def _host(url: str) -> str:
    """Return the host of an address without `www.`, `""` when there is none or the address is not one."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _frame(articles: list[SourceLines], config: CleanConfig) -> frozenset[str]:
    """Return the lines that one source puts around its stories."""
    shared = Counter(form for article in articles for form in article.lengths)
    voters = [article for article in articles if not _is_refetched(article, shared)]
    votes = Counter(form for article in voters for form in article.lengths)
    needed = max(_TWICE, config.repeated_articles, config.repeated_share * len(voters))
    return frozenset(form for form, n in votes.items() if n >= needed)


def _is_refetched(article: SourceLines, shared: Counter[str]) -> bool:
    """Tell whether most of an article's text stands in other articles of its source too."""
    elsewhere = sum(length for form, length in article.lengths.items() if shared[form] > 1)
    return 2 * elsewhere > sum(article.lengths.values())


def _form(block: Block) -> str:
    return bare(fold(" ".join(block.text.split())))


def _removed(block: Block) -> Block:
    if block.kind is Kind.TITLE:
        return block
    return block._replace(kind=Kind.DEBRIS, keep=False, label=LABEL, rule=RULE)
