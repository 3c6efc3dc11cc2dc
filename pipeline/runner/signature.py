"""What made an output: tools, stages, settings and models, in one line."""

from importlib.metadata import version

from pipeline import __version__
from pipeline.emit.manifest import Signature
from pipeline.runner.keys import STAGES, Keyring, digest
from pipeline.store import ModelStore

_LIBRARIES = ("ctranslate2", "ftfy", "polars", "py3langid", "sentencepiece", "sentencex")


def sign(keys: Keyring, store: ModelStore, encoders: tuple[str, ...]) -> str:
    """Return the signature of a run."""
    return str(
        Signature(
            tool=__version__,
            stages=tuple((stage, keys.parts[stage]["version"]) for stage in STAGES),
            config=digest(*(keys.parts[stage]["config"] for stage in STAGES))[:12],
            models=tuple(f"{pack.name}@{pack.version}#{pack.digest[:12]}" for pack in store.packs()),
            encoder=",".join(dict.fromkeys(encoders)),
            libraries=tuple((name, version(name)) for name in _LIBRARIES),
        )
    )
