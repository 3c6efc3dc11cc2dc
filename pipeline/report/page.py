"""Write the page."""

from pathlib import Path


def write_report(output: Path) -> Path:
    """Read the tables of a run and write `report/index.html`; return its path."""
    page = output / "report" / "index.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text("<!doctype html><title>pipeline</title>\n", encoding="utf-8")
    return page
