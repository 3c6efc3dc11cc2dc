"""Download a file, going on where an earlier attempt stopped."""

import hashlib
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.errors import ModelError

ATTEMPTS = 3
TIMEOUT = 30.0
MAX_DOWNLOAD = 8 * 2**30
_CHUNK = 2**18
_PARTIAL = 206
_RANGE_REFUSED = 416


def fetch(url: str, path: Path, sha256: str | None = None) -> str:
    """Download `url` to `path` and return its SHA-256.

    What has arrived stays in `path` with the suffix `.part`, so that the next call, or the next of three attempts
    within this one, asks only for the rest. Raises ModelError when the server cannot be reached, stops short, or sends
    something else than the digest says (the file is then removed).
    """
    part = path.with_name(path.name + ".part")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _download(url, part)
            break
        except (OSError, HTTPException) as error:
            if attempt == ATTEMPTS or _is_final(error):
                raise ModelError(f"cannot download {url}: {error}; try again, it goes on where it stopped") from error
    digest = _digest(part)
    if sha256 and digest != sha256.lower():
        part.unlink()
        raise ModelError(f"{url} has the SHA-256 {digest}, not {sha256}; it was not installed")
    part.replace(path)
    return digest


def read_url(url: str, limit: int = 2**24) -> bytes:
    """Return a small document; raise ModelError when it cannot be had or is longer than `limit` bytes."""
    try:
        with _open(url, 0) as response:
            data = response.read(limit + 1)
    except (OSError, HTTPException) as error:
        raise ModelError(f"cannot read {url}: {error}; check the network, or install from a file") from error
    if len(data) > limit:
        raise ModelError(f"{url} is longer than {limit} bytes; it is not an index of models")
    return data


def _download(url: str, part: Path) -> None:
    have = part.stat().st_size if part.exists() else 0
    with _open(url, have) as response:
        if have and response.status != _PARTIAL:
            have = 0  # the server does not go on where we stopped: from the start
        expected = _expected(response, have)
        with part.open("r+b" if have else "wb") as file:
            file.seek(have)
            while chunk := response.read(_CHUNK):
                have += len(chunk)
                if have > MAX_DOWNLOAD:
                    raise ModelError(f"{url} is longer than {MAX_DOWNLOAD} bytes; it was not installed")
                file.write(chunk)
    if expected is not None and have != expected:
        raise OSError(f"the connection ended after {have} of {expected} bytes")


def _open(url: str, start: int) -> HTTPResponse:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ModelError(f"{url} is not an http(s) address; give a file or folder as it is")
    request = urllib.request.Request(url, headers={"User-Agent": "pipeline"})  # noqa: S310 - the scheme was checked
    if start:
        request.add_header("Range", f"bytes={start}-")
    try:
        response: HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)  # noqa: S310 - as above
    except urllib.error.HTTPError as error:
        if error.code == _RANGE_REFUSED and start:
            error.close()
            return _open(url, 0)  # what we have is no beginning of what is there
        error.close()
        raise
    return response


def _expected(response: HTTPResponse, have: int) -> int | None:
    length = response.headers.get("Content-Length")
    return have + int(length) if length and length.isdigit() else None


def _is_final(error: Exception) -> bool:
    """Tell whether trying again cannot help: the server has answered, and the answer is no."""
    return isinstance(error, urllib.error.HTTPError) and error.code < 500  # noqa: PLR2004 - 5xx: its own trouble


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
