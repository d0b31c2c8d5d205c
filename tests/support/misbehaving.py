"""A web server on this machine that does on purpose what servers should not."""

import io
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
from PIL import Image

Answer = Callable[["Handler", int], None]  # is given the request, and how many came before it for the same path


class Handler(BaseHTTPRequestHandler):
    """One request; `server.answers` says what is done with it."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        with self.server.lock:
            before = self.server.asked[self.path]
            self.server.asked[self.path] += 1
            self.server.headers.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.send(404, b"nothing here", "text/plain")
        else:
            answer(self, before)

    def send(self, status: int, body: bytes = b"", kind: str = "image/png", **headers: str) -> None:
        """Answer as a good server would; `Retry_After` stands for Retry-After."""
        self.start(status, kind, **{"Content_Length": str(len(body)), **headers})
        self.write(body)

    def start(self, status: int, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def write(self, body: bytes) -> None:
        try:
            self.wfile.write(body)
            self.wfile.flush()
        except OSError:  # the client has had enough, as it should
            self.close_connection = True

    def hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Answers by path, and what was asked."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away in the middle are what these tests are about."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.headers: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


@contextmanager
def misbehaving() -> Iterator[Server]:
    """Give a server that runs meanwhile."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def picture(size: tuple[int, int] = (64, 48), kind: str = "PNG") -> bytes:
    """Return a picture that does not compress well, so that half of it is not all of it."""
    buffer = io.BytesIO()
    pixels = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


def steady(body: bytes, kind: str = "image/png", **headers: str) -> Answer:
    """A good answer, every time the same."""
    return lambda request, before: request.send(200, body, kind, **headers)


def in_turn(*answers: Answer) -> Answer:
    """One answer after the other; the last one for ever."""
    return lambda request, before: answers[min(before, len(answers) - 1)](request, before)


def status(number: int, **headers: str) -> Answer:
    """An answer with nothing but a status."""
    return lambda request, before: request.send(number, b"", "text/plain", **headers)


def redirect(to: str) -> Answer:
    return status(302, Location=to)


def breaking_off(body: bytes, after: int, **headers: str) -> Answer:
    """Promise the whole body, send the first bytes and hang up."""

    def answer(request: Handler, before: int) -> None:
        request.start(200, "image/png", Content_Length=str(len(body)), **headers)
        request.write(body[:after])
        request.hang_up()

    return answer


def resuming(body: bytes, etag: str) -> Answer:
    """Send the part that is asked for, or all of it."""

    def answer(request: Handler, before: int) -> None:
        asked = request.headers.get("Range", "")
        if asked and request.headers.get("If-Range") == etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            request.send(206, body[start:], Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}", ETag=etag)
        else:
            request.send(200, body, ETag=etag)

    return answer


def silent(request: Handler, before: int) -> None:
    """Take the request and say nothing."""
    request.server.over.wait(20)
    request.hang_up()


def dripping(request: Handler, before: int) -> None:
    """Promise much and send a byte now and then, so that no read ever waits long."""
    request.start(200, "image/png", Content_Length="1000000")
    while not request.server.over.wait(0.02) and not request.close_connection:
        request.write(b"x")


def endless(request: Handler, before: int) -> None:
    """Send without an end, and without saying how much."""
    request.start(200, "image/png", Connection="close")
    request.close_connection = False
    while not request.server.over.is_set() and not request.close_connection:
        request.write(bytes(65_536))
    request.hang_up()
