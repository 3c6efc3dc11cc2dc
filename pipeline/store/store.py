"""The folder of installed models, and which of them take a language to English."""

import hashlib
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError, ModelError
from pipeline.store.codes import candidates
from pipeline.store.pack import Pack, read_pack

PIVOT_TARGET = "en"


class DamagedPackWarning(UserWarning):
    """A folder of the store could not be read as a model; the other models go on serving."""


@dataclass(frozen=True, slots=True)
class Route:
    """The packs that take `lang` to English, in order; more than one when the way leads through another language."""

    lang: str
    packs: tuple[Pack, ...]

    @property
    def pivot(self) -> bool:
        """Whether the way leads through another language."""
        return len(self.packs) > 1

    @property
    def label(self) -> str:
        """The packs' names and versions, as written into the sentences' `model` column."""
        return " > ".join(pack.label for pack in self.packs)

    @property
    def digest(self) -> str:
        """One digest for all packs on the way: part of every key under which a translation is kept."""
        if len(self.packs) == 1:
            return self.packs[0].digest
        return hashlib.sha256(" ".join(pack.digest for pack in self.packs).encode()).hexdigest()


class ModelStore:
    """The installed models under one folder, read once; a missing folder is an empty store."""

    def __init__(self, folder: Path) -> None:
        """Read every pack in `folder`; a damaged one is kept in `damaged` and warned of, never raised."""
        self.folder = folder
        self._packs: tuple[Pack, ...] = ()
        self.damaged: tuple[tuple[Path, str], ...] = ()
        self.reload()

    def reload(self) -> None:
        """Read the folder again; raise ConfigError where a file stands in its place."""
        if self.folder.exists() and not self.folder.is_dir():
            raise ConfigError(f"{self.folder} is no folder of models; name one with --models")
        packs: list[Pack] = []
        damaged: list[tuple[Path, str]] = []
        for folder in _pack_folders(self.folder):
            try:
                packs.append(read_pack(folder))
            except (ModelError, OSError) as error:
                damaged.append((folder, str(error)))
                warnings.warn(f"model left out: {error}", DamagedPackWarning, stacklevel=2)
        self._packs, self.damaged = tuple(packs), tuple(damaged)

    def packs(self) -> tuple[Pack, ...]:
        """Return the packs that can be read, by name, newest version of a name first."""
        return self._packs

    def find(self, name: str) -> Pack:
        """Return the pack with this name, label or folder; raise ModelError when there is none."""
        for pack in self._packs:
            if name in {pack.name, pack.label, pack.folder.name}:
                return pack
        known = ", ".join(pack.name for pack in self._packs) or "none"
        raise ModelError(f"no model '{name}' in {self.folder} (installed: {known}); see: pipeline models list")

    def route(self, lang: str) -> Route | None:
        """Return the way from `lang` to English, direct if there is one, else through one other language."""
        for tag in candidates(lang):
            direct = self._between(tag, PIVOT_TARGET)
            if direct:
                return Route(lang, (direct,))
        for tag in candidates(lang):
            for first in self._packs:
                second = self._between(first.to_code, PIVOT_TARGET) if tag in first.from_codes else None
                if second:
                    return Route(lang, (first, second))
        return None

    def remove(self, name: str) -> Path:
        """Delete the pack (damaged ones by the name of their folder) and return the folder that was deleted."""
        damaged = {folder.name: folder for folder, _ in self.damaged}
        folder = damaged.get(name) or self.find(name).folder
        shutil.rmtree(folder)
        self.reload()
        return folder

    def _between(self, source: str, target: str) -> Pack | None:
        """Return the pack made for the fewest languages: a specialist is better than a pack that serves many."""
        fitting = [pack for pack in self._packs if source in pack.from_codes and pack.to_code == target]
        return min(fitting, key=lambda pack: len(pack.from_codes), default=None)


def missing_model(lang: str) -> str:
    """Say what to do about a language that no installed model speaks."""
    return f"no model translates '{lang}' to English; install one: pipeline models install {lang}"


def _pack_folders(folder: Path) -> list[Path]:
    """Return the folders that may hold packs: by name, a newer version of a name before an older."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    return sorted(found, key=_order)


def _order(folder: Path) -> tuple[str, list[int], str]:
    name, _, version = folder.name.rpartition("-")
    numbers = [-int(part) for part in version.split("_") if part.isdigit()]
    return (name, numbers, folder.name) if numbers else (folder.name, [], folder.name)
