"""Where the articles of a seeds folder stand."""

from dataclasses import dataclass

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
        paths = {refused.path for refused in failed}
        articles = tuple(place for place in self.articles if place.path not in paths)
        left = {place.article_id for place in articles}
        copies = tuple(place for place in self.copies if place.article_id in left)
        return Catalogue(articles, copies, (*self.quarantined, *failed), self.keys)
