import io
import stat
import struct
import tarfile
import zipfile

import pytest

from pipeline.errors import ModelError
from pipeline.store.archive import Limits, unpack
from pipeline.store.install import install


def make_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def linked(name="p/link", target="/etc/passwd"):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


def make_tar(path, *members, mode="w:gz"):
    with tarfile.open(path, mode) as archive:
        for name, kind, target in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            data = b"x" if kind == tarfile.REGTYPE else b""
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def lying(path):
    """Write a zip whose one member claims three bytes and holds a hundred."""
    make_zip(path, [("p/a", b"y" * 100)])
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(magic) + offset
        data[at : at + 4] = struct.pack("<I", 3)
    path.write_bytes(data)
    return path


def truncated(path):
    make_zip(path, [("p/a", bytes(range(256)) * 50)])
    path.write_bytes(path.read_bytes()[:-30])
    return path


def flipped(path):
    make_zip(path, [("p/a", bytes(range(256)) * 50)])
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    return path


ATTACKS = {
    "climbs out": (lambda p: make_zip(p, [("../out", "x")]), "outside"),
    "climbs out deep": (lambda p: make_zip(p, [("p/../../out", "x")]), "outside"),
    "absolute": (lambda p: make_zip(p, [("/srv/out", "x")]), "outside"),
    "drive": (lambda p: make_zip(p, [("C:/out", "x")]), "outside"),
    "backslash": (lambda p: make_zip(p, [("..\\out", "x")]), "outside"),
    "symlink": (lambda p: make_zip(p, [linked()]), "link"),
    "two of a name": (lambda p: make_zip(p, [("p/a", "x"), ("p/A", "y")]), "one name"),
    "bomb": (lambda p: make_zip(p, [("p/a", b"\0" * 20_000_000)]), "times its size"),
    "lies about sizes": (lying, "size|damaged"),
    "truncated": (truncated, "damaged|neither"),
    "bad checksum": (flipped, "damaged"),
    "tar climbs out": (lambda p: make_tar(p, ("../out", tarfile.REGTYPE, "")), "outside"),
    "tar absolute": (lambda p: make_tar(p, ("/srv/out", tarfile.REGTYPE, "")), "outside"),
    "tar symlink": (lambda p: make_tar(p, ("p/l", tarfile.SYMTYPE, "/etc")), "link"),
    "tar hard link": (lambda p: make_tar(p, ("p/l", tarfile.LNKTYPE, "../../out")), "link"),
    "tar device": (lambda p: make_tar(p, ("p/d", tarfile.CHRTYPE, "")), "link or special"),
    "text": (lambda p: p.write_text("hello") and p, "neither a zip"),
    "empty": (lambda p: p.write_bytes(b"") or p, "neither a zip"),
    "no model": (lambda p: make_zip(p, [("p/readme", "x")]), "no translation model"),
    "lacks weights": (lambda p: make_zip(p, [("p/metadata.json", '{"from_code": "id"}')]), "lacks model"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_is_refused_and_leaves_nothing(attack, tmp_path, store):
    build, reason = ATTACKS[attack]
    (tmp_path / "in").mkdir()
    archive = build(tmp_path / "in" / "evil.argosmodel")
    with pytest.raises(ModelError, match=reason):
        install(store, str(archive))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "models"]
    assert list((tmp_path / "models").iterdir()) == []
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["evil.argosmodel"]


@pytest.mark.parametrize("limits", [Limits(files=2), Limits(bytes=5)])
@pytest.mark.parametrize("mode", ["zip", "tar"])
def test_too_much_is_refused(tmp_path, limits, mode):
    archive = tmp_path / "a"
    if mode == "zip":
        make_zip(archive, [(f"p/{n}", "xx") for n in range(3)])
    else:
        make_tar(archive, *[(f"p/{n}", tarfile.REGTYPE, "") for n in range(6)])
    with pytest.raises(ModelError, match="more than"):
        unpack(archive, tmp_path / "out", limits)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_an_honest_tar_is_unpacked(tmp_path, mode):
    archive = make_tar(tmp_path / "a.tar", ("p", tarfile.DIRTYPE, ""), ("p/a", tarfile.REGTYPE, ""), mode=mode)
    unpack(archive, tmp_path / "out")
    assert (tmp_path / "out/p/a").read_bytes() == b"x"
