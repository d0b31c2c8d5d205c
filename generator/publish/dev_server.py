"""Development server: _site/ on loopback, under the path it will be published at; made again when a file changes."""

import functools
import http.server
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from watchfiles import watch

from generator.core.errors import OutputError

TYPES = {".js": "text/javascript", ".webp": "image/webp", ".bin": "application/octet-stream"}


class DevServer(http.server.ThreadingHTTPServer):
    """Answers on loopback; a browser that leaves before the answer is no error."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves one folder under one base path, with the site's own page for what is not there."""

    def __init__(
        self, request: socket.socket, client_address: Any, server: socketserver.BaseServer, *, base: str, directory: str
    ) -> None:
        self.base = base
        self.extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | TYPES
        super().__init__(request, client_address, server, directory=directory)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base))

    def send_head(self) -> BinaryIO | None:
        path = urlsplit(self.path).path
        if path.startswith(self.base):
            return super().send_head()
        if path != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", self.base)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """A look at a site is not worth a line."""


def base_path(base_url: str) -> str:
    """Return the path of a base URL, with a slash at both ends: "/tesserae/", or "/" for none."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"


def listen(out: Path, *, base: str, port: int) -> DevServer:
    """Return a server of the folder on loopback that has begun to answer; port 0 takes any free one.

    Raises OutputError where the port cannot be had.
    """
    handler = functools.partial(Handler, base=base, directory=str(out))
    try:
        server = DevServer(("127.0.0.1", port), handler)
    except OSError as error:
        reason = f"{error.strerror}; choose another with --port (0 picks a free one)"
        raise OutputError(f"port {port}: {reason}") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def rebuild_on_change(folders: Sequence[Path], rebuild: Callable[[], None]) -> None:
    """Call `rebuild` whenever a file below one of the folders changes; returns on Ctrl-C."""
    for _ in watch(*folders, raise_interrupt=False):
        rebuild()
