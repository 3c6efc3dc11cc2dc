"""What other versions of a story could tell the cleaner: `python benchmarks/clean_tails.py [GOLD]`.

Counts the lines that cleaning leaves of each version without a counterpart in any other, anywhere and below the last
line that has one, by the gold links: what perfect alignment would see. First as the cleaner is, then with the lexicons
of English and of no language alone, as if it did not know the others.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from pipeline.clean import evidence, metadata
from pipeline.clean.lexicon import load, read
from pipeline.clean.model import load_model
from pipeline.eval.debris import judge_all, read_multi

KINDS = {"dirty": "debris"}


def rows(path: Path) -> list[dict[str, list]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def linked(pairs: list[dict[str, list]]) -> dict[str, set[int]]:
    """Return the 1-based lines of each version that have a counterpart in some other."""
    found: dict[str, set[int]] = defaultdict(set)
    for pair in pairs:
        for a, b, *_ in pair["links"]:
            found[str(pair["a"])].add(a)
            found[str(pair["b"])].add(b)
    return found


def count(
    versions: list[dict[str, list]], partners: Mapping[str, set[int]], kept: Mapping[str, frozenset[int]]
) -> Counter:
    """Count the kept lines without a counterpart, by place and kind."""
    counts: Counter = Counter()
    for version in versions:
        name = str(version["file"])
        if name not in partners:
            continue
        last = max(partners[name])
        for number, line in enumerate(version["lines"], 1):
            if number in kept[name] and number not in partners[name]:
                kind = KINDS.get(line["kind"], "story")
                counts["without a counterpart", kind] += 1
                counts["below the last counterpart", kind] += number > last
    return counts


def main() -> None:
    """Print the counts."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold")
    partners = linked(rows(folder / "align_multi" / "pairs_dev.jsonl"))
    versions = rows(folder / "align_multi" / "versions_dev.jsonl")
    few = read(("any.toml", "en.toml"))
    for name, lexicon in (("all lexicons", load()), ("lexicons of English alone", few)):
        with patch.object(evidence, "load", lambda: lexicon), patch.object(metadata, "load", lambda: lexicon):  # noqa: B023
            judged = judge_all(read_multi(folder), load_model())
        kept = {verdicts.page.name: verdicts.kept for verdicts in judged}
        for (place, kind), n in sorted(count(versions, partners, kept).items()):
            print(f"{name}: {n:4} lines of {kind} {place}")


if __name__ == "__main__":
    main()
