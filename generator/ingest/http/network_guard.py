"""Network guard: which addresses may be asked; nothing but the public internet unless the user says otherwise.

A name is looked up here, and the connection goes to the very address that was checked: a name that is public when
asked and private a moment later (DNS rebinding) gains nothing. Here too a deadline ends what a host drags out.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

from generator.core.errors import FetchError

Lookup = Callable[[str, int], list[str]]  # a name and a port -> addresses, as numbers with dots or colons
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # IPv4 within IPv6 (RFC 6052)
LONGEST = 4000  # characters of an address
FAILURES = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, httpcore2.UnsupportedProtocol)


def checked(address: str) -> str:
    """Return the host of an http(s) address. Raises FetchError for every other."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(address[:100], reason="not an address", detail=str(error)) from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(address[:100], reason="not http or https", detail=f"scheme {parts.scheme[:20] or 'missing'}")
    if not host or len(address) > LONGEST:
        raise FetchError(address[:100], reason="not an address", detail="too long" if host else "no host")
    if parts.username is not None:
        raise FetchError(f"{parts.scheme}://{host}", reason="not an address", detail="contains a user name")
    return host


def is_public(number: str) -> bool:
    """True for an address of the public internet: not private, loopback, link-local, multicast or reserved."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        address = inner or address
    return address.is_global and not address.is_multicast and not address.is_reserved


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a name, in the system's order. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Guard(httpcore2.SyncBackend):
    """Makes the connections; each thread works under a deadline of its own."""

    def __init__(self, *, private: bool, look_up: Lookup, monotonic: Callable[[], float]) -> None:
        self.private, self.look_up, self.monotonic = private, look_up, monotonic
        self.deadline = threading.local()
        self.closed = threading.Event()

    def allow(self, seconds: float) -> None:
        """From now on this thread has so many seconds to connect, ask and read."""
        self.deadline.at = self.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Return how long the next read or write may take. Raises httpcore2.ReadTimeout when the time is over."""
        left: float = self.deadline.at - self.monotonic()
        if left <= 0 or self.closed.is_set():
            raise httpcore2.ReadTimeout("took too long")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a connection to the first allowed address of the host that answers. Raises FetchError for none."""
        failure: Exception | None = None
        for address in self._allowed(host, port):
            try:
                stream = super().connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Stream(stream, self.left)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore2.ConnectError(f"{host} has no address")

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        raise httpcore2.UnsupportedProtocol("only hosts are asked")

    def _allowed(self, host: str, port: int) -> list[str]:
        try:
            found = self.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} is not known ({error})") from error
        allowed = [address for address in found if self.private or is_public(address)]
        if found and not allowed:
            detail = f"{host} is {found[0]}; use --allow-private to allow it"
            raise FetchError(host, reason="a private address", detail=detail)
        return allowed


class _Stream(httpcore2.NetworkStream):
    """A connection whose every step minds the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, left: Callable[[float | None], float]) -> None:
        self.stream, self.left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_Stream":
        return _Stream(self.stream.start_tls(ssl_context, server_hostname, self.left(timeout)), self.left)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Transport(httpx2.BaseTransport):
    """HTTP over connections that the guard makes; proxies of the environment are not used."""

    def __init__(self, guard: Guard, *, connections: int) -> None:
        # httpx2's own transport has no argument for the backend; httpcore2's pool, on which it stands, has one.
        self.pool = httpcore2.ConnectionPool(
            ssl_context=httpcore2.default_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=15.0,
            network_backend=guard,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        assert isinstance(request.stream, httpx2.SyncByteStream)
        asked = httpcore2.Request(
            request.method,
            httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _translated():
            answer = self.pool.handle_request(asked)
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=dict(answer.extensions)
        )

    def close(self) -> None:
        self.pool.close()


class _Body(httpx2.SyncByteStream):
    """What an answer holds, as it comes."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self.answer.iter_stream()

    def close(self) -> None:
        self.answer.close()


@contextmanager
def _translated() -> Iterator[None]:
    """Raise what httpcore2 raises as what a user of httpx2 expects."""
    try:
        yield
    except FAILURES as error:
        raise httpx2.TransportError(str(error) or type(error).__name__) from error
