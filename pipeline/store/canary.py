"""Let each model translate sentences whose English is known, and refuse one that babbles."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.config import TranslateConfig
from pipeline.errors import ModelError
from pipeline.records import Hypothesis
from pipeline.store.pack import Pack
from pipeline.store.store import ModelStore, Route
from pipeline.translate import DictMemory, Translator

BROKEN = frozenset({"empty", "copied", "repetition", "wrong_script", "truncated", "length"})


@dataclass(frozen=True, slots=True)
class Canary:
    """A sentence, and words of which its English must hold at least one."""

    source: str
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a route did in one language: `ok` is None where there is no canary sentence to try."""

    model: str
    lang: str
    ok: bool | None
    reason: str
    english: tuple[str, ...]


@cache
def canaries(lang: str) -> tuple[Canary, ...]:
    """Return the canary sentences of a language; none for a language that has none yet."""
    table = tomllib.loads(files("pipeline.store").joinpath("data/canaries.toml").read_text(encoding="utf-8"))
    return tuple(Canary(each["source"], tuple(each["expect"])) for each in table.get(lang, ()))


def check(store: ModelStore, pack: Pack | None = None) -> tuple[Verdict, ...]:
    """Try every language the store serves, or those of one pack, each through its route to English.

    Raises ModelError when a model cannot be loaded at all.
    """
    return tuple(check_route(route) for route in _routes(store, pack))


def check_route(route: Route) -> Verdict:
    """Translate the canary sentences of the route's language and judge the English."""
    tried = canaries(route.lang)
    if not tried:
        return Verdict(route.label, route.lang, None, "no canary sentences for this language", ())
    translator = Translator(FixedRoute(route), TranslateConfig(retry=False, threads=1), DictMemory())
    found = translator.translate([(canary.source, route.lang) for canary in tried])
    reason = _objection(tried, found)
    return Verdict(route.label, route.lang, not reason, reason or "", tuple(each.english for each in found))


def require(verdicts: tuple[Verdict, ...]) -> None:
    """Raise ModelError for the first language in which a model babbles."""
    for verdict in verdicts:
        if verdict.ok is False:
            said = verdict.english[0] if verdict.english else ""
            raise ModelError(
                f"the model {verdict.model} babbles in '{verdict.lang}': {verdict.reason} (it said: {said[:80]!r}); "
                "install another, or pass --no-check if you know better"
            )


class FixedRoute(ModelStore):
    """A store that knows one route only."""

    def __init__(self, route: Route) -> None:
        """Answer every question with `route`."""
        super().__init__(route.packs[0].folder / "nowhere")
        self._route = route

    def route(self, lang: str) -> Route | None:
        """Return the route, if it begins at `lang`."""
        return self._route if lang == self._route.lang else None


def _routes(store: ModelStore, pack: Pack | None) -> Iterator[Route]:
    """Yield what is to be tried: a pack by itself where it speaks English, else with the pack that leads on to it."""
    for each in [pack] if pack else store.packs():
        onward = None if each.to_code == "en" else store.route(each.to_code)
        if each.to_code == "en" or onward:
            packs = (each, *onward.packs) if onward else (each,)
            yield from (Route(lang, packs) for lang in each.from_codes)


def _objection(tried: tuple[Canary, ...], found: list[Hypothesis]) -> str:
    broken = [flag for each in found for flag in each.flags if flag in BROKEN]
    bad = sum(bool(BROKEN.intersection(each.flags)) for each in found)
    if bad > 1 or bad == len(tried):
        return ", ".join(dict.fromkeys(broken))
    if len({each.english for each in found}) < len(found):
        return "the same English for different sentences"
    right = sum(
        any(word in each.english.lower() for word in canary.expect) for canary, each in zip(tried, found, strict=True)
    )
    return "" if 2 * right > len(tried) else "too few of the expected words"
