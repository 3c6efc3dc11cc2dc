"""One way through the model for many sentences at once: mask, cut, decode, join, unmask."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.store import Pack, Route
from pipeline.translate import protect, split
from pipeline.translate.engine import Decoded, Decoding, Engine
from pipeline.translate.protect import Masked, Span
from pipeline.translate.tokens import Tokenizer

Models = dict[str, tuple[Engine, Tokenizer]]


@dataclass(frozen=True, slots=True)
class Job:
    """A sentence to be translated, and what of it must be carried over."""

    source: str
    lang: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How to try: the decoding, the pieces' size, which kinds of spans get a placeholder or are cut out."""

    decoding: Decoding
    max_pieces: int
    masked: frozenset[str] = frozenset({"literal"})
    cut_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """The English of one try; `log_prob` is the mean over all its pieces, `lost` counts placeholders it lost."""

    english: str
    log_prob: float
    cut: bool
    lost: int = 0


class _Piece(NamedTuple):
    """What goes through the model as one: of which job, which of its parts."""

    job: int
    part: int
    text: str


def attempt(jobs: Sequence[Job], route: Route, way: Way, models: Models, batch_tokens: int) -> list[Draft]:
    """Translate each job along the route, pack after pack."""
    parts = [_parts(job, way) for job in jobs]
    texts = [[masked.text for masked in job_parts] for job_parts in parts]
    found = [Draft("", 0.0, cut=False)] * len(jobs)
    for pack in route.packs:
        texts, found = _hop(texts, found, pack, way, models, batch_tokens)
    return [_finish(*each) for each in zip(jobs, parts, texts, found, strict=True)]


def _parts(job: Job, way: Way) -> list[Masked]:
    """Return the parts of a sentence that the model sees: one, or what lies between the spans that are cut out."""
    cuts = [span for span in job.spans if span.kind in way.cut_out]
    parts: list[Masked] = []
    start = 0
    for cut in cuts:
        parts += [_part(job, way, start, cut.start), Masked("", (("", cut.english),))]
        start = cut.end
    return [*parts, _part(job, way, start, len(job.source))]


def _part(job: Job, way: Way, start: int, end: int) -> Masked:
    spans = (span for span in job.spans if span.kind in way.masked and start <= span.start and span.end <= end)
    shifted = tuple(replace(span, start=span.start - start, end=span.end - start) for span in spans)
    return protect.mask(job.source[start:end], shifted)


def _hop(  # noqa: PLR0917 - the state of one hop
    texts: list[list[str]], drafts: list[Draft], pack: Pack, way: Way, models: Models, batch_tokens: int
) -> tuple[list[list[str]], list[Draft]]:
    """Send every part through one pack; parts without a letter or digit stay as they are."""
    engine, tokenizer = models[pack.digest]
    pieces = [
        _Piece(job, part, piece)
        for job, parts in enumerate(texts)
        for part, text in enumerate(parts)
        if any(character.isalnum() for character in text)
        for piece in split.cut(
            " ".join(text.split()), lambda candidate: len(tokenizer.encode(candidate)) <= way.max_pieces
        )
    ]
    decoded = engine.decode([tokenizer.encode(piece.text) for piece in pieces], way.decoding, batch_tokens)
    return _collect(texts, drafts, pieces, decoded, tokenizer)


def _collect(
    texts: list[list[str]], drafts: list[Draft], pieces: list[_Piece], decoded: list[Decoded], tokenizer: Tokenizer
) -> tuple[list[list[str]], list[Draft]]:
    sources: dict[tuple[int, int], list[str]] = {}
    english: dict[tuple[int, int], list[str]] = {}
    made: dict[int, list[Decoded]] = {}
    for piece, result in zip(pieces, decoded, strict=True):
        place = (piece.job, piece.part)
        sources.setdefault(place, []).append(piece.text)
        english.setdefault(place, []).append(tokenizer.decode(list(result.pieces)))
        made.setdefault(piece.job, []).append(result)
    joined = [
        [
            split.join(sources[job, part], english[job, part]) if (job, part) in sources else text
            for part, text in enumerate(parts)
        ]
        for job, parts in enumerate(texts)
    ]
    return joined, [_sum(draft, made.get(job, [])) for job, draft in enumerate(drafts)]


def _sum(draft: Draft, made: list[Decoded]) -> Draft:
    """Add the log-probabilities of a hop (the mean over its pieces' tokens) to those of the hops before."""
    tokens = sum(max(1, len(result.pieces)) for result in made)
    total = sum(result.log_prob * max(1, len(result.pieces)) for result in made)
    mean = total / tokens if tokens else 0.0
    return Draft(draft.english, draft.log_prob + mean, draft.cut or any(result.cut for result in made))


def _finish(job: Job, parts: list[Masked], texts: list[str], draft: Draft) -> Draft:
    """Put the placeholders' originals back and the parts together."""
    said = [
        masked.stands_for[0][1] if masked.stands_for and not masked.text else protect.unmask(text, masked)
        for masked, text in zip(parts, texts, strict=True)
    ]
    if len(said) > 1:
        said = [
            split.fragment(text, job.source) if masked.text else text for masked, text in zip(parts, said, strict=True)
        ]
        said[0], said[-1] = said[0][:1].upper() + said[0][1:], split.close(said[-1], job.source)
    english = " ".join(text for text in said if text)
    english = protect.restore_numbers(protect.restore_names(english, job.spans), job.source, job.spans)
    lost = sum(
        protect.lost_placeholders(text, masked) for masked, text in zip(parts, texts, strict=True) if masked.text
    )
    return Draft(english, draft.log_prob, draft.cut, lost)
