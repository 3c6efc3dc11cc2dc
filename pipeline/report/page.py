"""Put the sections together on one page."""

from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from pipeline.emit.parquet import reading
from pipeline.report import numbers, samples
from pipeline.report.html import Html, join, tag
from pipeline.report.tables import Tables, open_tables

SECTIONS = (
    ("corpus", "Corpus", numbers.corpus),
    ("languages", "Languages", numbers.languages),
    ("stories", "Stories", samples.stories),
    ("debris", "Removed as debris", samples.debris),
    ("repairs", "Repaired text", samples.repairs),
    ("flags", "Doubtful translations", samples.flags),
    ("articles", "Articles", numbers.articles),
    ("quarantine", "Quarantined seeds", numbers.quarantine),
)


def write_report(output: Path) -> Path:
    """Read the tables of a run and write `report/index.html`; return its path.

    The page needs no other file and no network, and its bytes depend on the tables alone; one that is there already is
    left alone. Raises ConfigError when the folder holds no finished run, PipelineError when a table is damaged.
    """
    with reading(output):
        page = render(open_tables(output)).encode()
    path = output / "report" / "index.html"
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_bytes() != page:
        path.write_bytes(page)
    return path


def render(tables: Tables) -> str:
    """Return the page."""
    template = Template(files("pipeline.report").joinpath("page.html").read_text(encoding="utf-8"))
    sections = [tag("section", tag("h2", title), build(tables), id=name) for name, title, build in SECTIONS]
    links = [tag("a", title, href=f"#{name}") for name, title, _ in SECTIONS]
    return template.substitute(
        glance=numbers.glance(tables),
        navigation=join(_spaced(links)),
        sections=join(sections),
        signature=escape(tables.signature),
    )


def _spaced(links: list[Html]) -> list[Html]:
    return [Html(f"{link}\n") for link in links]
