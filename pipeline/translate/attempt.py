"""One way through the model for many sentences at once: mask, cut, decode, join, unmask."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.store import Pack
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


Drafts = tuple[Draft, ...]


class _Piece(NamedTuple):
    """What goes through the model as one: of which job, which of its parts."""

    job: int
    part: int
    text: str


class _Choice(NamedTuple):
    """What the packs so far made of a job's parts; the draft has no English yet."""

    texts: list[str]
    draft: Draft


def attempt(jobs: Sequence[Job], packs: Sequence[Pack], way: Way, models: Models, batch_tokens: int) -> list[Drafts]:
    """Translate each job pack after pack; return what the last has to offer, the best first."""
    parts = [_parts(job, way) for job in jobs]
    choices = [[_Choice([masked.text for masked in own], Draft("", 0.0, cut=False))] for own in parts]
    for pack in packs:
        choices = _hop([own[0] for own in choices], pack, way, models, batch_tokens)
    return [
        tuple(_finish(job, own, *choice) for choice in offered)
        for job, own, offered in zip(jobs, parts, choices, strict=True)
    ]


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


def _hop(best: list[_Choice], pack: Pack, way: Way, models: Models, batch_tokens: int) -> list[list[_Choice]]:
    """Send every part through one pack; parts without a letter or digit stay as they are."""
    engine, tokenizer = models[pack.digest]
    pieces = [
        _Piece(job, part, piece)
        for job, choice in enumerate(best)
        for part, text in enumerate(choice.texts)
        if any(character.isalnum() for character in text)
        for piece in split.cut(
            " ".join(text.split()), lambda candidate: len(tokenizer.encode(candidate)) <= way.max_pieces
        )
    ]
    decoded = engine.decode([tokenizer.encode(piece.text) for piece in pieces], way.decoding, batch_tokens)
    made: list[list[tuple[_Piece, tuple[Decoded, ...]]]] = [[] for _ in best]
    for piece, offered in zip(pieces, decoded, strict=True):
        made[piece.job].append((piece, offered))
    return [_offered(choice, own, tokenizer) for choice, own in zip(best, made, strict=True)]


def _offered(choice: _Choice, made: list[tuple[_Piece, tuple[Decoded, ...]]], tokenizer: Tokenizer) -> list[_Choice]:
    """Return the job made of the best of each piece, then that made of their seconds, and so on."""
    ranks = max((len(offered) for _, offered in made), default=1)
    return [
        _joined(choice, [(piece, offered[min(rank, len(offered) - 1)]) for piece, offered in made], tokenizer)
        for rank in range(ranks)
    ]


def _joined(choice: _Choice, made: list[tuple[_Piece, Decoded]], tokenizer: Tokenizer) -> _Choice:
    texts = list(choice.texts)
    for part in dict.fromkeys(piece.part for piece, _ in made):
        own = [(piece.text, tokenizer.decode(list(result.pieces))) for piece, result in made if piece.part == part]
        texts[part] = split.join([source for source, _ in own], [english for _, english in own])
    return _Choice(texts, _sum(choice.draft, [result for _, result in made]))


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
