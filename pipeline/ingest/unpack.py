"""Unpack gzip and Zstandard without trusting what they promise."""

import gzip
import io
import zlib
from collections.abc import Callable
from typing import IO, cast

from pipeline.errors import SeedError
from pipeline.ingest.files import split_name, too_long

CHUNK = 1 << 16


def unpack(data: bytes, name: str, limit: int) -> bytes:
    """Return the bytes inside a packed file, or the bytes themselves when the name says that they are not packed.

    Unpacking stops one byte after `limit`, so a small file that unfolds to gigabytes costs no more than that.
    Raises SeedError `too_long` or `damaged`.
    """
    packing = split_name(name)[1]
    if packing is None:
        return data
    try:
        with _OPENERS[packing](data) as stream:
            unpacked = _read_at_most(stream, limit + 1)
        if len(unpacked) > limit:
            raise too_long(f"{name}, unpacked,", limit)
        if packing == "zstd":
            _check_whole(data)
    except (OSError, EOFError, zlib.error, _zstd_error()) as error:
        raise SeedError("damaged", f"{name} is not a whole {packing} file ({error}); fetch it again") from error
    return unpacked


def _read_at_most(stream: IO[bytes], size: int) -> bytes:
    """Read up to `size` bytes in pieces, so that memory grows only with what is really there."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(min(CHUNK, size))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _open_gzip(data: bytes) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=io.BytesIO(data)))


def _open_zstd(data: bytes) -> IO[bytes]:
    import zstandard

    return cast("IO[bytes]", zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True))


def _check_whole(data: bytes) -> None:
    """Raise EOFError when the last Zstandard frame is cut short; the stream reader takes that for its end."""
    import zstandard

    while data:
        frame = zstandard.ZstdDecompressor().decompressobj()
        frame.decompress(data)
        if not frame.eof:
            raise EOFError("it ends in the middle")
        data = frame.unused_data


def _zstd_error() -> type[Exception]:
    import zstandard

    return zstandard.ZstdError


_OPENERS: dict[str, Callable[[bytes], IO[bytes]]] = {"gzip": _open_gzip, "zstd": _open_zstd}
