"""Where the articles of a seeds folder stand."""

from dataclasses import dataclass, replace

from pipeline.emit.quarantine import Quarantined


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article was found: `path` is relative to the seeds folder, with `#line` for a JSONL record.

    `key` is that of the seed; `repeated` names the lines of the article that recur over its source.
    """

    path: str
    article_id: str
    key: str
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a seeds folder holds; `copies` have the same bytes as the article of the same id in `articles`.

    `keys` are those of every file and of every seed in it, of copies too: each may be an article in the next run.
    """

    articles: tuple[Place, ...]
    copies: tuple[Place, ...]
    quarantined: tuple[Quarantined, ...]
    keys: tuple[str, ...]

    def without(self, failed: tuple[Quarantined, ...]) -> "Catalogue":
        """Move articles on which a stage failed, and their copies, to the quarantine."""
        refused = {row.path: row for row in failed}
        reasons = {place.article_id: refused[place.path] for place in self.articles if place.path in refused}
        articles = tuple(place for place in self.articles if place.article_id not in reasons)
        copies = tuple(copy for copy in self.copies if copy.article_id not in reasons)
        copied = (
            replace(reasons[copy.article_id], path=copy.path) for copy in self.copies if copy.article_id in reasons
        )
        return Catalogue(articles, copies, (*self.quarantined, *failed, *copied), self.keys)
