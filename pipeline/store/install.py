"""Install a model from a file, a folder, an address, or the index; nothing is left behind when it is refused."""

import hashlib
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.store.archive import staging, unpack
from pipeline.store.canary import check_route, require
from pipeline.store.convert import Said, adopt
from pipeline.store.fetch import fetch
from pipeline.store.index import ARGOS_INDEX, Offer, choose, read_index
from pipeline.store.pack import Pack, read_pack
from pipeline.store.store import ModelStore, Route

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Wish:
    """How to install: what the caller says about the model, the digest it must have, whether to try it first."""

    said: Said = field(default_factory=Said)
    sha256: str | None = None
    index: str = ARGOS_INDEX
    check: bool = True


def install(store: ModelStore, what: str, wish: Wish | None = None) -> tuple[Pack, ...]:
    """Install `what`: an archive, a folder, an http(s) address, or a language (then perhaps two packs, a pivot).

    Raises ModelError with the reason when it is refused; the store is then as it was.
    """
    wish = wish or Wish()
    path = Path(what)
    if what.startswith(("https://", "http://")):
        packs: tuple[Pack, ...] = (_from_url(store, what, wish),)
    elif what and path.is_dir():
        packs = (_from_folder(store, path, wish),)
    elif path.is_file():
        packs = (_from_archive(store, path, wish),)
    elif _LANGUAGE.fullmatch(what):
        packs = _from_index(store, what, wish)
    else:
        raise ModelError(f"'{what}' is neither a file, a folder, an address nor a language code; check the path")
    store.reload()
    return packs


def _from_index(store: ModelStore, lang: str, wish: Wish) -> tuple[Pack, ...]:
    """Install what the way to English needs, its end first, so that the beginning can be tried through it."""
    offers = choose(read_index(wish.index), lang, wish.index)
    if wish.sha256 and len(offers) > 1:
        raise ModelError(f"the way from '{lang}' to English takes {len(offers)} packages; --sha256 can only be of one")
    before = {pack.folder for pack in store.packs()}
    packs: list[Pack] = []
    try:
        for offer in reversed(offers):
            packs.append(_from_offer(store, offer, wish))
            store.reload()
    except ModelError:
        for pack in packs:
            if pack.folder not in before:
                shutil.rmtree(pack.folder)
        raise
    return tuple(reversed(packs))


def _from_offer(store: ModelStore, offer: Offer, wish: Wish) -> Pack:
    """Try the package's addresses in turn; the last one's error is raised."""
    said = replace(wish.said, licence=wish.said.licence or offer.licence)
    wish = replace(wish, said=said, sha256=wish.sha256 or offer.sha256)
    for link in offer.links[:-1]:
        try:
            return _from_url(store, link, wish)
        except ModelError:
            continue
    return _from_url(store, offer.links[-1], wish)


def _from_url(store: ModelStore, url: str, wish: Wish) -> Pack:
    downloads = store.folder / ".downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]", "_", url.rpartition("/")[2]) or "model"
    archive = downloads / f"{hashlib.sha256(url.encode()).hexdigest()[:8]}-{name}"
    try:
        fetch(url, archive, wish.sha256)
        said = replace(wish.said, origin=wish.said.origin or url)
        return _from_archive(store, archive, replace(wish, said=said, sha256=None), name=Path(name).stem)
    finally:
        archive.unlink(missing_ok=True)
        if not any(downloads.iterdir()):
            downloads.rmdir()


def _from_archive(store: ModelStore, archive: Path, wish: Wish, name: str | None = None) -> Pack:
    _verify(archive, wish.sha256)
    said = replace(wish.said, origin=wish.said.origin or archive.name)
    with staging(store.folder) as stage:
        unpacked = stage / "unpacked"
        unpacked.mkdir()
        unpack(archive, unpacked)
        return _settle(store, unpacked, stage, replace(wish, said=said), name or archive.stem)


def _from_folder(store: ModelStore, folder: Path, wish: Wish) -> Pack:
    if wish.sha256:
        raise ModelError(f"{folder} is a folder, and --sha256 is that of a file; install the file, or leave it out")
    said = replace(wish.said, origin=wish.said.origin or folder.resolve().name)
    with staging(store.folder) as stage:
        return _settle(store, folder, stage, replace(wish, said=said), folder.resolve().name)


def _settle(store: ModelStore, source: Path, stage: Path, wish: Wish, name: str) -> Pack:
    """Bring the model into shape, read it, try it, and only then move it to its place."""
    stage_pack = stage / "pack"
    called = adopt(source, stage_pack, wish.said, name)
    final = store.folder / _folder_name(called, read_pack(stage_pack).version)
    placed = stage_pack.rename(stage / final.name)
    pack = read_pack(placed)
    if final.exists():
        return _already_there(final, pack)
    if wish.check:
        _try_out(store, pack)
    placed.rename(final)
    return read_pack(final)


def _already_there(final: Path, pack: Pack) -> Pack:
    there = read_pack(final)
    if there.digest == pack.digest:
        return there
    raise ModelError(f"another model is installed as {final.name}; first: pipeline models remove {final.name}")


def _try_out(store: ModelStore, pack: Pack) -> None:
    """Refuse a pack that babbles; one that leads to another language is tried once it can be followed to English."""
    onward = store.route(pack.to_code) if pack.to_code != "en" else None
    if pack.to_code == "en" or onward:
        packs = (pack, *onward.packs) if onward else (pack,)
        require(tuple(check_route(Route(lang, packs)) for lang in pack.from_codes))


def _folder_name(called: str, version: str) -> str:
    """Return a plain name that ends in the version, as Argos names its folders."""
    suffix = "-" + re.sub(r"\W", "_", version)
    plain = re.sub(r"[^\w-]+", "_", called).strip("_-") or "model"
    return plain if plain.endswith(suffix) else plain + suffix


def _verify(archive: Path, sha256: str | None) -> None:
    if sha256:
        with archive.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != sha256.lower():
            raise ModelError(f"{archive} has the SHA-256 {digest}, not {sha256}; it was not installed")
