"""From evidence and the page model to verdicts: which lines go, and under which name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np

from pipeline.clean.batch import Batch
from pipeline.clean.features import Table, describe
from pipeline.clean.headline import above_story, find_headline
from pipeline.clean.lexicon import Hit, Strength
from pipeline.clean.model import PageModel, load_model
from pipeline.clean.neighbours import Column

Verdicts = list[Hit | None]

# Set by hand while reading open pages; what that is worth stands in docs/cleaning.md.
_ANY, _QUIET = 3, 0.04  # lines with evidence, and their share, from which a page counts as noisy
_SURELY, _SURE, _SURE_SHARE = 0.1, 5, 0.1  # likelihood; lines below it, and their share, from which a page is noisy too
_LIST = 5  # lines that the model may remove in a row without any evidence
_BELIEVED = 0.6  # likelihood from which prose below a heading of links stays
_TAIL, _TAIL_FROM = 0.1, 0.6  # the tail has at most this share of the prose below it, and at least this above
_STORY = 40  # words of prose that stay, below which rules for comments and legal notices are no part of the story
_LAST = frozenset(("comment", "disclaimer", "copyright"))  # labels whose headings open such rules and notices
_SHORT_PAGE, _CLAUSE, _UNLIKELY = 40, 4, 0.2  # lines, words, likelihood
_HEADLINE = 5  # words from which a line under the story reads like another story's headline
_SUMMARY, _LEAD = 2, 7  # most lines of a standfirst; fewest words of each
_PLAIN = 2  # lines of unmistakable evidence from which a page that the model leaves alone is no clean article either
_COMMAS, _LISTED = 2, 0.5  # commas of a line that lists things; share of the words below a sentence in such lines
_CAPTION = 4, 30  # words
_PICTURE = "caption"  # clean articles have pictures too: no sign of a noisy page
_MISTAKABLE = frozenset(("metadata", "credit", "caption", "navigation", "placeholder", "copyright"))


# How stories of agencies begin: `Hayward, Calif. (AP) —`, `【ソウル＝山田】`, `(서울=연합뉴스)`, `本报讯`, `(VNN) -`.
_DATELINE = re.compile(
    r"[^.。!?]{2,30}(?:\. ?)?\((?:ap|afp|ansa|antara|bernama|cnn|dpa|efe|kna|lusa|reuters|sid|tass|upi|xinhua)\) ?[-–—]"
    r"|【[^】=]{1,15}=[^】=]{1,15}】|[(\[][^()\[\]=]{2,12}=[^()\[\]=]{2,12}[)\]]"
    r"|[(\[【]?(?:本报|本報|[^ ,。:()]{1,6}[社网網])[^,。:()]{0,16}[讯訊电電][)\]】 :(]|\([^()]{2,15}\) ?[-–—] "
)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page: its folded lines, what speaks against each, how likely each is story, and what else verdicts need.

    `before` and `after` are the shares of the page's prose above and below a line.
    """

    folded: list[str]
    hits: Verdicts
    story: list[float]
    weight: list[float]
    before: list[float]
    after: list[float]
    sentence: list[bool]
    section: list[bool]
    prose: list[bool]
    listing: list[bool]


def decide(batch: Batch, hits: Sequence[Hit | None], threshold: float, model: PageModel | None = None) -> Verdicts:
    """Return for each line of the batch the hit that removes it, or None for the lines that stay.

    Sure evidence decides alone. The page model (the shipped one, unless another is given) decides the rest on pages
    where at least three lines, and 4 % of all, show evidence, or where it is itself sure of five, and a tenth of all:
    others are articles that somebody has cleaned before.
    """
    shown = [list(hits[span]) for span in batch.spans()]
    doubtful = [number for number, page in enumerate(shown) if any(page)]
    judged = _pages(batch.select(doubtful), [shown[number] for number in doubtful], model or load_model())
    decided = {number: _decide(page, threshold) for number, page in zip(doubtful, judged, strict=True)}
    return list(chain.from_iterable(decided.get(number, page) for number, page in enumerate(shown)))


def _pages(batch: Batch, hits: list[Verdicts], model: PageModel) -> Iterator[_Page]:
    """Describe the pages of a batch."""
    if not hits:
        return
    table = describe(batch, list(chain.from_iterable(hits)))
    story = _suspect(model.story(table), table)
    shown = (
        story,
        table["weight"],
        table["prose before"],
        table["prose after"],
        table["sentence"] > 0,
        table["section"] > 0,
        table["is prose"] > 0,
        (table["commas"] * table["weight"] >= _COMMAS) & (table["stops"] == 0),
    )
    columns = [column.tolist() for column in shown]
    for span, page in zip(batch.spans(), hits, strict=True):
        yield _Page(batch.folded[span], page, *(column[span] for column in columns))


def _suspect(story: Column, table: Table) -> Column:
    """Believe sentences on a short page, where there is little to compare them with, unless they are very unlikely."""
    sentences = (table["sentence"] > 0) & (table["weight"] >= _CLAUSE)
    believed = sentences & (table["page lines"] < np.log1p(_SHORT_PAGE)) & (story > _UNLIKELY)
    return np.where(believed, 1.0, story)


def _decide(page: _Page, threshold: float) -> Verdicts:
    hits = page.hits
    verdicts = [hit if hit and hit.strength is not Strength.WEAK else None for hit in hits]
    _add_captions(verdicts, page)
    _add_pitch(verdicts)
    found = sum(hit is not None and hit.label != _PICTURE for hit in hits)
    if found >= max(_ANY, _QUIET * len(hits)) or _is_sure(page):
        _add_model(verdicts, page, threshold)
    elif sum(hit is not None and hit.label not in _MISTAKABLE for hit in hits) < _PLAIN:
        _spare_lone(verdicts, page)
    if found > 1:
        _add_tail(verdicts, page)
    _keep_listings(verdicts, page)
    _settle_weak(hits, verdicts)
    _keep_headline(verdicts, page)
    return verdicts


def _is_sure(page: _Page) -> bool:
    """Tell a noisy page without evidence: the model itself has no doubt about five lines, and a tenth of all."""
    return sum(likely < _SURELY for likely in page.story) >= max(_SURE, _SURE_SHARE * len(page.story))


def _add_captions(verdicts: Verdicts, page: _Page) -> None:
    """Call a short line amid prose a caption when a picture's credit stands below it.

    A sentence is one only where a picture's place (`Image 4 of 5`) stands above it.
    """
    for index, below in enumerate(page.hits[2:-1], 1):
        if below is None or below.label != "credit" or verdicts[index]:
            continue
        above = page.hits[index - 1]
        if page.sentence[index] and (above is None or above.label != "placeholder"):
            continue
        if _CAPTION[0] <= page.weight[index] <= _CAPTION[1] and _is_amid(page, index + 1):
            verdicts[index] = Hit(_PICTURE, "page.caption", Strength.SURE)


def _add_pitch(verdicts: Verdicts) -> None:
    """Call a lone line between two that promote something a part of the offer: its call, its reasons, its button."""
    labels = [verdict.label if verdict else "" for verdict in verdicts]
    for index in range(1, len(labels) - 1):
        if labels[index - 1 : index + 2] == ["promo", "", "promo"]:
            verdicts[index] = Hit("promo", "page.pitch", Strength.SURE)


def _is_amid(page: _Page, index: int) -> bool:
    return page.before[index] > 0 and page.after[index] > 0


def _add_model(verdicts: Verdicts, page: _Page, threshold: float) -> None:
    """Let the model remove runs of lines that hold some evidence or are long enough to be a list.

    A line that has no name yet is called after the section it stands in, else by its place and length.
    """
    gone = [
        verdict is not None or (likely <= threshold and not _DATELINE.match(line))
        for verdict, likely, line in zip(verdicts, page.story, page.folded, strict=True)
    ]
    for first, end in _runs(gone):
        if end - first < _LIST and not any(page.hits[first:end]):
            continue
        section = ""
        for index in range(first, end):
            verdict = verdicts[index]
            if verdict is None:
                verdicts[index] = _by_model(page, index, section)
            elif verdict.strength is Strength.SECTION:
                section = verdict.label


def _by_model(page: _Page, index: int, section: str) -> Hit:
    weak = page.hits[index]
    below = page.before[index] > 1 / 2 and page.weight[index] >= _HEADLINE
    label = weak.label if weak else section or ("related" if below else "navigation")
    return _found_by_model(label, round(100 * page.story[index]))


@cache
def _found_by_model(label: str, percent: int) -> Hit:
    return Hit(label, f"page.model:{percent / 100:.2f}", Strength.SURE)


def _add_tail(verdicts: Verdicts, page: _Page) -> None:
    """Remove what stands below a heading that ends the story: teasers read like prose too, rules for comments are it.

    That is a heading of links after nearly all prose, below which only prose stays that the model believes; or one of
    rules and notices after a story that stays.
    """
    told, first = 0.0, None
    for index, is_section in enumerate(page.section):
        told += page.weight[index] if page.prose[index] and verdicts[index] is None else 0
        if is_section and _ends_story(page, index, told):
            first = index
            break
    if first is None:
        return
    head = page.hits[first]
    label = head.label if head else "related"
    for index in range(first + 1, len(verdicts)):
        if label in _LAST or not page.prose[index] or page.story[index] < _BELIEVED:
            verdicts[index] = verdicts[index] or Hit(label, f"section.{label}", Strength.SURE)


def _ends_story(page: _Page, index: int, told: float) -> bool:
    hit = page.hits[index]
    if hit and hit.label in _LAST:
        return told >= _STORY
    return page.after[index] <= _TAIL and page.before[index] >= _TAIL_FROM


def _keep_listings(verdicts: Verdicts, page: _Page) -> None:
    """Keep what a story goes on with when it lists things (`Ohio: Columbus, Dayton, Toledo`).

    That is a run of lines without evidence next to a sentence that stays, most of whose words stand in lines that list.
    """
    told = [sentence and verdict is None for sentence, verdict in zip(page.sentence, verdicts, strict=True)]
    open_runs = _runs([verdict is not None and hit is None for verdict, hit in zip(verdicts, page.hits, strict=True)])
    for first, end in open_runs:
        if not any(told[index] for index in (first - 1, end) if 0 <= index < len(told)):
            continue
        listed = sum(page.weight[index] for index in range(first, end) if page.listing[index])
        if listed >= _LISTED * sum(page.weight[first:end]) > 0:
            verdicts[first:end] = [None] * (end - first)


def _spare_lone(verdicts: Verdicts, page: _Page) -> None:
    """Keep lines that only look like a credit or a date when they stand amid the prose of a page without debris."""
    for index, verdict in enumerate(verdicts):
        if verdict and verdict.label in _MISTAKABLE and _is_amid(page, index):
            verdicts[index] = None


def _keep_headline(verdicts: Verdicts, page: _Page) -> None:
    """Keep the line that shares its words with the story below it; only sought where such a line goes."""
    first = next((index for index, prose in enumerate(page.prose) if prose and verdicts[index] is None), 0)
    candidates = above_story(page.hits, page.weight, first)
    if any(verdicts[index] for index in candidates):
        headline = find_headline(page.folded, candidates, first)
        if headline is not None:
            verdicts[headline] = None
            _keep_standfirst(verdicts, page, headline, first)


def _keep_standfirst(verdicts: Verdicts, page: _Page, headline: int, first: int) -> None:
    """Keep the summary right below the headline: one or two longer lines that share their words with the story too."""
    for index in range(headline + 1, min(headline + 1 + _SUMMARY, first)):
        is_short = page.weight[index] < _LEAD
        if page.hits[index] or is_short or find_headline(page.folded, [index], first) is None:
            return
        verdicts[index] = None


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of true flags starts and ends."""
    start = None
    for index, flag in enumerate(chain(flags, (False,))):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            yield start, index
            start = None


def _settle_weak(hits: Verdicts, verdicts: Verdicts) -> None:
    """Remove a weak hit that stands beside a line that goes, in either direction."""
    indices = range(len(hits))
    for order in (indices, reversed(indices)):
        beside = False
        for index in order:
            if verdicts[index] is None and beside:
                verdicts[index] = hits[index]
            beside = verdicts[index] is not None
