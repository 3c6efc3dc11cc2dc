"""Why a pair stays out of the corpus: one function a reason, in one table, each judging a pair by itself."""

from collections.abc import Callable, Iterable, Iterator

from pipeline.config import EmitConfig
from pipeline.emit.dropped import Dropped
from pipeline.emit.pairs import Pair
from pipeline.emit.text import fold, weight

# Granted to both sides before their ratio is taken: `Vâng.` and `Yes, indeed.` are no misfit.
RATIO_GRACE = 15


def empty(pair: Pair, _config: EmitConfig) -> str | None:
    """Refuse a pair with nothing on one side."""
    return None if pair.src.strip() and pair.tgt.strip() else "empty"


def flagged(pair: Pair, config: EmitConfig) -> str | None:
    """Refuse a pair with an unwanted flag; of several, the first by alphabet is named."""
    unwanted = sorted(set(pair.flags) & set(config.drop_flags))
    return f"flagged:{unwanted[0]}" if unwanted else None


def same_language(pair: Pair, _config: EmitConfig) -> str | None:
    """Refuse two reports in one language: a paraphrase is no translation."""
    return "same_language" if pair.src_lang == pair.tgt_lang else None


def low_score(pair: Pair, config: EmitConfig) -> str | None:
    """Refuse what the translator or the aligner doubts."""
    lowest = config.min_score_mt if pair.kind == "mt" else config.min_score_mined
    return "low_score" if pair.score < lowest else None


def too_short(pair: Pair, config: EmitConfig) -> str | None:
    """Refuse scraps."""
    return "too_short" if min(weight(pair.src), weight(pair.tgt)) < config.min_length else None


def too_long(pair: Pair, config: EmitConfig) -> str | None:
    """Refuse what no trainer would take whole."""
    return "too_long" if max(weight(pair.src), weight(pair.tgt)) > config.max_length else None


def length_ratio(pair: Pair, config: EmitConfig) -> str | None:
    """Refuse sides of which one says far more than the other."""
    short, long = sorted((weight(pair.src) + RATIO_GRACE, weight(pair.tgt) + RATIO_GRACE))
    return "length_ratio" if long > config.max_length_ratio * short else None


def identical(pair: Pair, _config: EmitConfig) -> str | None:
    """Refuse a target that repeats the source."""
    return "identical" if fold(pair.src) == fold(pair.tgt) else None


FILTERS: tuple[Callable[[Pair, EmitConfig], str | None], ...] = (
    flagged,
    empty,
    same_language,
    identical,
    low_score,
    too_short,
    too_long,
    length_ratio,
)


def reason_to_drop(pair: Pair, config: EmitConfig) -> str | None:
    """Return the first filter's reason against the pair, or None."""
    return next((reason for check in FILTERS if (reason := check(pair, config))), None)


def accepted(pairs: Iterable[Pair], config: EmitConfig, dropped: Dropped) -> Iterator[Pair]:
    """Yield the pairs that pass every filter; put the others with the dropped, each with its reason."""
    for pair in pairs:
        reason = reason_to_drop(pair, config)
        if reason is None:
            yield pair
        else:
            dropped.add(pair, reason)
