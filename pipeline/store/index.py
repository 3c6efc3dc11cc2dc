"""The index of Argos packages: which languages can be installed by name, and from where."""

import json
from dataclasses import dataclass

from pipeline.errors import ModelError
from pipeline.store.codes import candidates, from_argos
from pipeline.store.fetch import read_url

ARGOS_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that can be downloaded; `sha256` where the index gives it."""

    from_codes: tuple[str, ...]
    to_code: str
    version: str
    links: tuple[str, ...]
    sha256: str | None = None
    licence: str | None = None


def read_index(url: str) -> tuple[Offer, ...]:
    """Return the packages of an index; entries that cannot be used are left out.

    Raises ModelError when the index cannot be had or is no list of packages.
    """
    try:
        entries = json.loads(read_url(url))
    except ValueError as error:
        raise ModelError(f"{url} is not JSON: {error}; check --index") from error
    if not isinstance(entries, list):
        raise ModelError(f"{url} is not a list of packages; check --index")
    return tuple(offer for entry in entries if isinstance(entry, dict) and (offer := _offer(entry)))


def choose(offers: tuple[Offer, ...], lang: str, url: str) -> tuple[Offer, ...]:
    """Return what takes `lang` to English: the newest direct package, or two that lead through another language.

    Raises ModelError when the index has neither.
    """
    for tag in candidates(lang):
        if direct := _newest(offers, tag, "en"):
            return (direct,)
    for tag in candidates(lang):
        for first in offers:
            second = _newest(offers, first.to_code, "en") if tag in first.from_codes else None
            if second:
                return (first, second)
    known = ", ".join(sorted({code for offer in offers if offer.to_code == "en" for code in offer.from_codes}))
    raise ModelError(f"{url} has no package from '{lang}' to English; it has: {known or 'none'}")


def _offer(entry: dict[str, object]) -> Offer | None:
    codes = entry.get("from_codes") or [entry.get("from_code")]
    links = entry.get("links")
    to_code = entry.get("to_code")
    if not (isinstance(codes, list) and isinstance(links, list) and isinstance(to_code, str)):
        return None
    usable = tuple(link for link in links if isinstance(link, str) and link.startswith(("https://", "http://")))
    if not usable or not all(isinstance(code, str) for code in codes) or entry.get("type", "translate") != "translate":
        return None
    return Offer(
        from_codes=tuple(from_argos(code) for code in codes),
        to_code=from_argos(to_code),
        version=str(entry.get("package_version", "0")),
        links=usable,
        sha256=str(entry["sha256"]) if entry.get("sha256") else None,
        licence=str(entry["license"]) if entry.get("license") else None,
    )


def _newest(offers: tuple[Offer, ...], source: str, target: str) -> Offer | None:
    fitting = [offer for offer in offers if source in offer.from_codes and offer.to_code == target]
    return max(fitting, key=lambda offer: _numbers(offer.version), default=None)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
