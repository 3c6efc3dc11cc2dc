"""The table at the end of a run."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from pipeline.emit.counts import EmitCounts, Tally
from pipeline.runner.run import Summary
from pipeline.translate.shares import Shares


def show(summary: Summary, console: Console) -> None:
    """Print what a run found and did."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in rows(summary):
        table.add_row(name, value)
    console.print(table)


def rows(summary: Summary) -> list[tuple[str, str]]:
    """Return the lines of the table: a name and what there is to say."""
    counts = summary.counts
    flags = _by_name(counts.sentences)
    sentences = flags.pop("all", 0)
    removed = _by_name(tally for tally in counts.blocks if tally.group == "removed")
    kept = sum(tally.n for tally in counts.blocks if tally.group == "kept")
    return [
        ("articles", _list(_by_group(counts.articles))),
        ("languages", _list(_by_name(tally for tally in counts.articles if tally.group != "duplicate"))),
        ("quarantined", _list(Counter(refused.code for refused in summary.quarantined))),
        ("blocks", f"{kept} kept; removed: {_list(removed)}"),
        ("sentences", f"{sentences}, of which {summary.sent} were sent to the translator in this run"),
        ("flags", _list(flags)),
        ("faults", _faults(counts.flagged)),
        ("stories", f"{counts.stories}, with {counts.alignments} beads between their versions"),
        ("groups", _groups(counts)),
        ("corpus", _list(_by_pair(counts.corpus))),
        ("dropped", _list(_by_pair(counts.dropped))),
        ("output", "written" if summary.emitted else "already up to date"),
    ]


def _groups(counts: EmitCounts) -> str:
    """Say how many versions the groups of the stories span, and how many beads are in none."""
    spans = _sum((f"of {tally.name} versions", tally.n) for tally in counts.groups)
    return f"{_list(spans)}; {counts.cut} beads cut"


def _faults(shares: Shares) -> str:
    """Say how much of what the machine wrote is flagged as faulty, before the retry and after it."""
    if not shares.n:
        return "nothing was translated"
    return f"{shares.before / shares.n:.1%} of {shares.n} sentences at first, {shares.after / shares.n:.1%} after retry"


def _by_group(tallies: Iterable[Tally]) -> Counter[str]:
    return _sum((tally.group, tally.n) for tally in tallies)


def _by_name(tallies: Iterable[Tally]) -> Counter[str]:
    return _sum((tally.name, tally.n) for tally in tallies)


def _by_pair(tallies: Iterable[Tally]) -> Counter[str]:
    return _sum((f"{tally.group} {tally.name}", tally.n) for tally in tallies)


def _sum(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for name, n in counts:
        total[name] += n
    return total


def _list(counter: Counter[str]) -> str:
    """Write counts in words, the most frequent first."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{n} {name}" for name, n in ordered) or "none"
