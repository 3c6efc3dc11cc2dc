"""Read the seeds folder into a catalogue: which article stands where, what is a copy, what had to be refused."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.emit.quarantine import Quarantined
from pipeline.errors import ConfigError, SeedError
from pipeline.ingest import Ingested, Rejected, find_seeds, read_articles, read_bytes
from pipeline.records import Seed
from pipeline.runner.bench import Bench
from pipeline.runner.catalogue import Catalogue, Place
from pipeline.runner.codec import pack, unpack
from pipeline.runner.keys import Keyring
from pipeline.runner.progress import Progress


@dataclass(frozen=True, slots=True)
class _Listing:
    """What one file holds, as the cache remembers it; `key` is empty for a file that could not be opened."""

    key: str
    articles: tuple[Place, ...]
    quarantined: tuple[Quarantined, ...]


def scan(seeds: Path, bench: Bench, progress: Progress) -> Catalogue:
    """Catalogue a seeds folder; files whose bytes were read before are not decoded again.

    Raises ConfigError when the folder does not exist.
    """
    if not seeds.is_dir():
        raise ConfigError(f"the seeds folder {seeds} does not exist; name one with --seeds")
    listings = [_list_file(seeds, name, bench, progress) for name in find_seeds(seeds)]
    articles: dict[str, Place] = {}
    places = [place for listing in listings for place in listing.articles]
    copies = tuple(place for place in places if articles.setdefault(place.article_id, place) is not place)
    quarantined = tuple(refused for listing in listings for refused in listing.quarantined)
    ordered = sorted(articles.values(), key=lambda place: place.article_id)
    keys = (*(listing.key for listing in listings), *(place.key for place in places))
    return Catalogue(tuple(ordered), copies, quarantined, keys)


def _list_file(seeds: Path, name: str, bench: Bench, progress: Progress) -> _Listing:
    shown = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
    if shown != name:
        return _Listing(
            "", (), (Quarantined(shown, "bad_name", "the file's name is not UTF-8; rename it", None, None),)
        )
    try:
        data = read_bytes(seeds / name, bench.config.ingest)
    except SeedError as error:
        return _Listing("", (), (Quarantined(shown, error.code, str(error), None, None),))
    key = file_key(name, data, bench.keys)
    known = bench.state.results.get(key)
    if known is not None:
        progress.reused(1)
        listing: _Listing = unpack(_Listing, known)
        return listing
    progress.computed(1)
    listing, seeds_read = _read_file(key, name, data, bench)
    bench.state.results.put_many(seeds_read | {key: pack(_Listing, listing)})
    return listing


def file_key(name: str, data: bytes, keys: Keyring) -> str:
    """Return the key under which the cache remembers what a file holds."""
    return f"file:{keys.key('ingest', name, hashlib.sha256(data).hexdigest())}"


def _read_file(key: str, name: str, data: bytes, bench: Bench) -> tuple[_Listing, dict[str, bytes]]:
    """Return what a file holds, and the payload of each of its seeds by key."""
    payloads: dict[str, bytes] = {}
    places: list[Place] = []
    refused: list[Quarantined] = []
    for item in _read(name, data, bench.config):
        if isinstance(item, Rejected):
            refused.append(Quarantined(name + item.record, item.code, item.message, item.sha256, item.n_bytes))
            continue
        payload = pack(Seed, item.seed)
        seed_key = bench.keys.seed(payload)
        payloads[seed_key] = payload
        places.append(Place(name + item.locator, item.seed.article_id, seed_key))
    return _Listing(key, tuple(places), tuple(refused)), payloads


def _read(name: str, data: bytes, config: Config) -> Iterator[Ingested | Rejected]:
    """Guard the run against a reader that fails in a way nobody foresaw."""
    try:
        yield from read_articles(data, name, config.ingest)
    except Exception as error:  # noqa: BLE001 (bad input never stops a run)
        sha256 = hashlib.sha256(data).hexdigest()
        yield Rejected("", "failed", f"reading failed: {type(error).__name__}: {error}", sha256, len(data))
