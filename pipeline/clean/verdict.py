"""From evidence to verdicts: which lines go, and under which name."""

from pipeline.clean.lexicon import Hit, Strength
from pipeline.config import CleanConfig

_PROSE = 14
_END = tuple('.。!！?？…”"」』)）।။')


def decide(texts: list[str], weights: list[float], hits: list[Hit | None], config: CleanConfig) -> list[Hit | None]:  # noqa: ARG001
    """Return the hit that removes each line, or None for the lines that stay."""
    verdicts = [hit if hit and hit.strength is not Strength.WEAK else None for hit in hits]
    _extend_sections(texts, weights, verdicts)
    _settle_weak(hits, verdicts)
    return verdicts


def _is_prose(text: str, weight: float) -> bool:
    return weight >= _PROSE and text.rstrip().endswith(_END)


def _extend_sections(texts: list[str], weights: list[float], verdicts: list[Hit | None]) -> None:
    """Give a section's label to the headlines listed under it, up to the next prose."""
    section: Hit | None = None
    for index, hit in enumerate(verdicts):
        if hit is not None:
            section = (
                Hit(hit.label, f"section.{hit.label}", Strength.SURE) if hit.strength is Strength.SECTION else section
            )
        elif section and not _is_prose(texts[index], weights[index]):
            verdicts[index] = section
        else:
            section = None


def _settle_weak(hits: list[Hit | None], verdicts: list[Hit | None]) -> None:
    """Remove a weak hit that stands beside a line that goes, in either direction."""
    indices = range(len(hits))
    for order in (indices, reversed(indices)):
        beside = False
        for index in order:
            hit = hits[index]
            if verdicts[index] is None and hit is not None and beside:
                verdicts[index] = hit
            beside = verdicts[index] is not None
