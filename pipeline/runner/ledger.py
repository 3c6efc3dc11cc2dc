"""What the last finished run was made of; `plan` compares it with the present to say why something must be redone."""

from dataclasses import dataclass
from functools import cached_property

from pipeline.emit.quarantine import Quarantined
from pipeline.ingest.articles import ID_DIGITS
from pipeline.runner.catalogue import Catalogue
from pipeline.runner.codec import pack, unpack
from pipeline.runner.keys import Keyring
from pipeline.runner.signature import sign
from pipeline.runner.state import State
from pipeline.store import ModelStore

_KEY = "ledger 2"  # the number changes with the fields


@dataclass(frozen=True)
class Present:
    """What a run works with, besides the seeds: `terms` is the digest of its glossary, `encoders` are names."""

    keys: Keyring
    store: ModelStore
    terms: str
    encoders: tuple[str, str]

    @cached_property
    def signature(self) -> str:
        """The signature of the run."""
        return sign(self.keys, self.store, self.encoders, self.terms)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Places by path, stage versions and settings, the model of each language, glossary, encoders and signature."""

    places: dict[str, str]
    parts: dict[str, dict[str, str]]
    models: dict[str, str]
    terms: str = ""
    encoders: tuple[str, ...] = ()
    signature: str = ""


def take(catalogue: Catalogue, languages: set[str], present: Present) -> Ledger:
    """Record the present; `languages` are those that articles have sentences in."""
    places = {place.path: place.article_id for place in (*catalogue.articles, *catalogue.copies)}
    places |= {refused.path: content_of(refused) for refused in catalogue.quarantined}
    models = {lang: model_of(present.store, lang) for lang in sorted(languages)}
    return Ledger(places, present.keys.parts, models, present.terms, present.encoders, present.signature)


def content_of(refused: Quarantined) -> str:
    """Return what stands in the ledger for a quarantined seed: the id that it would have, `""` if it was not read."""
    return (refused.sha256 or "")[:ID_DIGITS]


def model_of(store: ModelStore, lang: str) -> str:
    """Return name, version and digest of the model that translates a language, `""` for none."""
    route = store.route(lang)
    return f"{route.label} {route.digest}" if route else ""


def read_ledger(state: State) -> Ledger | None:
    """Return the ledger of the last finished run, or None when there was none."""
    payload = state.facts.get(_KEY)
    if payload is None:
        return None
    ledger: Ledger = unpack(Ledger, payload)
    return ledger


def write_ledger(ledger: Ledger, state: State) -> None:
    """Keep a ledger for the next run."""
    state.facts.put(_KEY, pack(Ledger, ledger))
