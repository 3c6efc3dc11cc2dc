"""What the last finished run was made of; `plan` compares it with the present to say why something must be redone."""

from dataclasses import dataclass

from pipeline.runner.catalogue import Catalogue
from pipeline.runner.codec import pack, unpack
from pipeline.runner.keys import Keyring
from pipeline.runner.state import State
from pipeline.store import ModelStore

_KEY = "ledger"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Places by path, stage versions and settings, the model of each language, and the encoders."""

    places: dict[str, str]
    parts: dict[str, dict[str, str]]
    models: dict[str, str]
    encoders: tuple[str, ...]


def take(
    catalogue: Catalogue, keys: Keyring, store: ModelStore, languages: set[str], encoders: tuple[str, ...]
) -> Ledger:
    """Record the present."""
    places = {place.path: place.article_id for place in (*catalogue.articles, *catalogue.copies)}
    places |= {refused.path: refused.sha256 or "" for refused in catalogue.quarantined}
    return Ledger(places, keys.parts, {lang: model_of(store, lang) for lang in sorted(languages)}, encoders)


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
