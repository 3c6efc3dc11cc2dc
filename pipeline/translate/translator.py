"""Turn sentences into English: memory first, then one decoding of all that is new, whatever article it came from."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from pipeline.config import TranslateConfig
from pipeline.records import Hypothesis
from pipeline.store import ModelStore, Pack, Route
from pipeline.translate.engine import Decoding, Engine
from pipeline.translate.memory import Memory, memory_key
from pipeline.translate.tokens import Tokenizer, load_tokenizer
from pipeline.translate.version import VERSION

Item = tuple[str, str]


class Translator:
    """Translate with the models of one store; models are loaded when the first sentence asks for them."""

    def __init__(self, store: ModelStore, config: TranslateConfig, memory: Memory) -> None:
        """Remember what to translate with; nothing is loaded yet."""
        self._store, self._config, self._memory = store, config, memory
        self._decoding = Decoding(
            config.beam_size, config.no_repeat_ngram_size, config.repetition_penalty, config.length_penalty
        )
        self._engines: dict[str, tuple[Engine, Tokenizer]] = {}

    def signature(self, lang: str) -> str:
        """Return all that decides how a language is translated, apart from the sentence, as one line of text."""
        route = self._store.route(lang)
        made = {"version": VERSION, "model": route.digest if route else "", **asdict(self._decoding)}
        return json.dumps(made, sort_keys=True)

    def translate(self, items: Sequence[Item]) -> list[Hypothesis]:
        """Return the English of each (source, language) pair; equal pairs are decoded once."""
        known: dict[Item, Hypothesis] = {}
        routes: dict[Item, Route] = {}
        for item in dict.fromkeys(items):
            route = None if _copied(item) else self._store.route(item[1])
            if route:
                routes[item] = route
            else:
                known[item] = _without_model(item)
        known |= self._remembered(routes)
        return [known[item] for item in items]

    def _remembered(self, routes: dict[Item, Route]) -> dict[Item, Hypothesis]:
        keys = {item: memory_key(self.signature(item[1]), (), item[1], item[0]) for item in routes}
        kept = self._memory.get_many(keys.values())
        fresh = self._decode({item: route for item, route in routes.items() if keys[item] not in kept})
        self._memory.put_many({keys[item]: hypothesis for item, hypothesis in fresh.items()})
        return {item: kept.get(key) or fresh[item] for item, key in keys.items()}

    def _decode(self, routes: dict[Item, Route]) -> dict[Item, Hypothesis]:
        found: dict[Item, Hypothesis] = {}
        for route in dict.fromkeys(routes.values()):
            members = [item for item, its in routes.items() if its == route]
            texts, scores = [source for source, _ in members], [1.0] * len(members)
            for pack in route.packs:
                texts, scores = self._hop(pack, texts, scores)
            for item, text, score in zip(members, texts, scores, strict=True):
                found[item] = Hypothesis(text, score, ("pivot",) if route.pivot else (), route.label)
        return found

    def _hop(self, pack: Pack, texts: list[str], scores: list[float]) -> tuple[list[str], list[float]]:
        import math

        engine, tokenizer = self._load(pack)
        decoded = engine.decode([tokenizer.encode(t) for t in texts], self._decoding, self._config.batch_tokens)
        return (
            [tokenizer.decode(list(d.pieces)) for d in decoded],
            [s * round(math.exp(d.log_prob), 4) for s, d in zip(scores, decoded, strict=True)],
        )

    def _load(self, pack: Pack) -> tuple[Engine, Tokenizer]:
        if pack.digest not in self._engines:
            engine = Engine(pack, self._config.compute_type, self._config.threads)
            self._engines[pack.digest] = engine, load_tokenizer(pack)
        return self._engines[pack.digest]


def _copied(item: Item) -> bool:
    source, lang = item
    return lang.partition("-")[0] == "en" or not any(character.isalpha() for character in source)


def _without_model(item: Item) -> Hypothesis:
    return Hypothesis(item[0], 1.0) if _copied(item) else Hypothesis("", 0.0, ("no_model",))
