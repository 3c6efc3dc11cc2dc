"""Turn scraped multilingual articles into a clean, paragraph-aligned parallel corpus, offline."""

__version__ = "0.1.0"
