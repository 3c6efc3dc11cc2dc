"""Score translations against references: BLEU and chrF by sacreBLEU, on the sets `flores.<lang>` → `flores.en`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import TranslateConfig
from pipeline.errors import ConfigError, MissingExtraError, ModelError
from pipeline.eval.score import Score
from pipeline.store import ModelStore, missing_model
from pipeline.translate import DictMemory, Translator

if TYPE_CHECKING:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

LANGUAGES = ("id", "vi", "zh-Hans", "zh-Hant")
LINES = 200


@dataclass(frozen=True, slots=True)
class Metrics:
    """sacreBLEU's metrics; after a score has been asked for, each can say its signature."""

    chrf: "CHRF"
    bleu: "BLEU"

    def score(self, found: list[str], references: list[str], name: str) -> Iterator[Score]:
        """Yield chrF and BLEU, both from 0 to 100."""
        yield Score(f"mt.{name}.chrf", round(self.chrf.corpus_score(found, [references]).score, 4), len(found))
        yield Score(f"mt.{name}.bleu", round(self.bleu.corpus_score(found, [references]).score, 4), len(found))

    def signatures(self) -> tuple[str, str]:
        """Return what reproduces the numbers: version, tokeniser, smoothing."""
        return f"chrF {self.chrf.get_signature()}", f"BLEU {self.bleu.get_signature()}"


def evaluate(gold: Path, models: Path = Path("models"), lines: int | None = LINES) -> list[Score]:
    """Return chrF and BLEU of each language on its first `lines` lines; all of them for None.

    `gold` holds the folder `mt`. Raises ConfigError when it does not, ModelError when a language has no model,
    MissingExtraError without sacreBLEU.
    """
    metrics = load_metrics()
    translator = Translator(ModelStore(models), TranslateConfig(), DictMemory())
    references = read_lines(gold / "mt" / "flores.en", lines)
    scores: list[Score] = []
    for lang in LANGUAGES:
        sources = read_lines(gold / "mt" / f"flores.{lang}", lines)
        found = translator.translate([(source, lang) for source in sources])
        if any("no_model" in hypothesis.flags for hypothesis in found):
            raise ModelError(missing_model(lang))
        scores += metrics.score([hypothesis.english for hypothesis in found], references, lang)
    return scores


def load_metrics() -> Metrics:
    """Return the metrics with sacreBLEU's own defaults."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise MissingExtraError("scoring translations", "test") from error
    return Metrics(CHRF(), BLEU())


def read_lines(path: Path, lines: int | None = None) -> list[str]:
    """Return the first lines of a gold file."""
    try:
        return path.read_text(encoding="utf-8").splitlines()[:lines]
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}; say where the gold files are: --gold") from error
