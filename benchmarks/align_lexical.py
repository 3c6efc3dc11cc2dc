"""Score grouping and alignment without an encoder: the lexical one, through the English of the installed models.

    python benchmarks/align_lexical.py [GOLD]

GOLD is a folder like ../shared/gold (the default), with the seeds beside it. Translating takes most of the time.
"""

import sys
from pathlib import Path

from pipeline.encode import Lexical
from pipeline.eval import beads, groups

MODELS = Path(__file__).resolve().parents[1] / "models"


def main() -> None:
    """Score and print."""
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold")
    scores = beads.evaluate(gold, gold.parent / "seeds", MODELS, Lexical(), every=1)
    scores += groups.evaluate(gold, gold.parent / "seeds", MODELS, Lexical())
    for score in scores:
        print(f"{score.name} {score.value:.3f} ({score.n})")


if __name__ == "__main__":
    main()
