"""What is sent along with an errand to another machine, and what is made there."""

from collections.abc import Iterable, Mapping


class Luggage:
    """A cache that begins with what is known; `made` is what was put into it."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known, self.made = known, dict[str, bytes]()

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is there of `keys`."""
        found = ((key, self.get(key)) for key in keys)
        return {key: payload for key, payload in found if payload is not None}

    def get(self, key: str) -> bytes | None:
        """Return one payload, or None."""
        return self.made.get(key, self._known.get(key))

    def put_many(self, items: Mapping[str, bytes]) -> None:
        """Put payloads in."""
        self.made.update(items)

    def put(self, key: str, payload: bytes) -> None:
        """Put one payload in."""
        self.made[key] = payload
