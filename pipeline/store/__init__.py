"""The model store: which translation models are installed, where they came from, and how to add one."""

from pipeline.store.pack import Pack, read_pack
from pipeline.store.store import DamagedPackWarning, ModelStore, Route, missing_model

__all__ = ["DamagedPackWarning", "ModelStore", "Pack", "Route", "missing_model", "read_pack"]
