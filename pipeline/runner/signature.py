"""What made an output: tools, stages, settings and models, in one line."""

from pipeline import __version__
from pipeline.emit.manifest import Signature
from pipeline.runner.keys import STAGES, Keyring, digest
from pipeline.store import ModelStore

_OWN = {"version", "config", *STAGES}


def sign(keys: Keyring, store: ModelStore, encoders: tuple[str, ...], terms: str) -> str:
    """Return the signature of a run; `terms` is the digest of its glossary."""
    libraries = {name: number for part in keys.parts.values() for name, number in part.items() if name not in _OWN}
    return str(
        Signature(
            tool=__version__,
            stages=tuple((stage, keys.parts[stage]["version"]) for stage in STAGES),
            config=digest(*(keys.parts[stage]["config"] for stage in STAGES), terms)[:12],
            models=tuple(f"{pack.name}@{pack.version}#{pack.digest[:12]}" for pack in store.packs()),
            encoder=",".join(dict.fromkeys(encoders)),
            libraries=tuple(sorted(libraries.items())),
        )
    )
