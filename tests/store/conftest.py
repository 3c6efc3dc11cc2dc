import http.server
import threading
from pathlib import Path

import pytest
import pytest_socket

from pipeline.store import ModelStore
from tests.packs import build_archive, build_pack


@pytest.fixture(scope="session")
def pack_folder(tmp_path_factory) -> Path:
    return build_pack(tmp_path_factory.mktemp("packs") / "translate-mul_en-1_0")


@pytest.fixture(scope="session")
def archive(tmp_path_factory, pack_folder) -> Path:
    return build_archive(tmp_path_factory.mktemp("archives") / "mul.argosmodel", pack_folder, pack_folder.name)


@pytest.fixture
def store(tmp_path) -> ModelStore:
    return ModelStore(tmp_path / "models")


class _Handler(http.server.BaseHTTPRequestHandler):
    """Serve the files of one folder with ranges; drop the connection after `server.cut` bytes while `cuts` lasts."""

    def do_GET(self):
        path = self.server.folder / self.path.lstrip("/")
        self.server.asked.append((self.path, self.headers.get("Range")))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        start = self._start()
        if start and start >= len(data):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        body = data[start:]
        if self.server.cuts:
            self.server.cuts -= 1
            body = body[: self.server.cut]
        self.wfile.write(body)

    def _start(self):
        asked = self.headers.get("Range")
        return int(asked.removeprefix("bytes=").partition("-")[0]) if asked and self.server.ranges else 0

    def log_message(self, *_):
        pass


@pytest.fixture
def web(tmp_path):
    """A server on loopback, the only address that these tests may reach; `web.url` is its root."""
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.folder = tmp_path / "web"
    server.folder.mkdir()
    server.asked, server.cuts, server.cut, server.ranges = [], 0, 0, True
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
    pytest_socket.disable_socket(allow_unix_socket=True)
