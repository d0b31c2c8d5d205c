"""HTTP client, the only one: polite to hosts, wary of what they send, and able to go on after a kill.

An answer of an API is kept in the store under its address; when it is no longer fresh the host is asked whether it
changed (ETag, Last-Modified). A picture arrives beside its final name and gets that name when it is whole: as long
as the host says, within the limit, and decoded. What a killed run left is continued where the host gave a strong
ETag, else begun anew.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import httpx2

from generator import __version__, images
from generator.core.errors import FetchError, Problem
from generator.core.store import Store, key
from generator.images import ImageFacts
from generator.ingest.http.network_guard import Guard, Lookup, Transport, checked, look_up
from generator.ingest.http.rate_limit import Clock, RateLimiter, RateLimits, retry_after

AGENT = f"Tesserae/{__version__} (static sites of art collections; slow requests, cached answers)"
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses after which trying again may help
MOVED = frozenset({301, 302, 303, 307, 308})
ANSWER = 64_000_000  # bytes of an answer of an API, at most
PICTURE = 200_000_000  # bytes of a picture, at most

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A picture that is whole."""

    facts: ImageFacts
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _CachedAnswer:
    """An answer as it lies in the store."""

    body: str
    etag: str
    modified: str


class _PassingError(Exception):
    """A failure after which trying again may help."""


class Client:
    """Asks hosts; its threads share connections, pace and cache."""

    def __init__(
        self, store: Store, manners: RateLimits | None = None, *, clock: Clock | None = None, look_up: Lookup = look_up
    ) -> None:
        self.store, self.manners, self.clock = store, manners or RateLimits(), clock or Clock()
        self.guard = Guard(private=self.manners.private, look_up=look_up, monotonic=self.clock.monotonic)
        self.pace = RateLimiter(self.manners, self.clock, self.clock.sleep or self.guard.closed.wait)
        self.http = httpx2.Client(
            transport=Transport(self.guard, connections=self.manners.jobs),
            headers={"User-Agent": AGENT},
            timeout=httpx2.Timeout(self.manners.silence),
            follow_redirects=False,
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def stop(self) -> None:
        """End soon what is under way in other threads."""
        self.guard.closed.set()

    def close(self) -> None:
        """End everything, and all connections."""
        self.stop()
        self.http.close()

    def json(self, url: str) -> Any:
        """Return the JSON at the address. Raises FetchError."""
        try:
            return json.loads(self.text(url))
        except (ValueError, RecursionError) as error:
            raise FetchError(url, reason="not JSON", detail=str(error)[:100]) from error

    def text(self, url: str) -> str:
        """Return the text at the address, perhaps as kept from an earlier run. Raises FetchError."""
        path = self.store.path("answers", key("answer 1", url), ".json")
        kept = _read(path)
        if kept and self.clock.time() - path.stat().st_mtime < self.manners.fresh:
            return kept.body
        return self._tried(url, lambda: self._answer(url, path, kept))

    def fetch(self, url: str, to: Path, *, most: int = PICTURE) -> Fetched:
        """Put the picture at the address into the file `to`, whole and verified. Raises FetchError."""
        to.parent.mkdir(parents=True, exist_ok=True)
        part = to.with_name(f"{to.name}.part")
        self._tried(url, lambda: self._download(url, part, most))
        facts = images.inspect(part)
        if isinstance(facts, Problem):
            _forget(part)
            raise FetchError(url, reason="not a usable picture", detail=facts.found)
        size = part.stat().st_size
        os.replace(part, to)
        _forget(part)
        return Fetched(facts=facts, bytes=size)

    def _tried(self, url: str, once: Callable[[], T]) -> T:
        """Return what `once` returns, after as many tries as it needs and is worth."""
        host = checked(url)
        failure: Exception | None = None
        for attempt in range(self.manners.tries):
            if attempt:
                self.pace.back_off(url, attempt - 1)
            if self.guard.closed.is_set():
                raise FetchError(url, reason="stopped") from failure
            try:
                return once()
            except (_PassingError, httpx2.RequestError) as error:
                failure = error
            except httpx2.InvalidURL as error:
                raise FetchError(url, reason="not an address", detail=str(error)[:100]) from error
        self.pace.told(host, answered=False)
        detail = f"{self.manners.tries} tries; {_said(failure)}"
        raise FetchError(url, reason="no usable answer", detail=detail) from failure

    def _answer(self, url: str, path: Path, kept: _CachedAnswer | None) -> str:
        headers = {"Accept": "application/json, text/*;q=0.9, */*;q=0.1"}
        if kept:
            asked = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
            headers |= {name: value for name, value in asked.items() if value}
        with self._asked(url, headers) as response:
            if response.status_code == 304 and kept:
                now = self.clock.time()
                os.utime(path, (now, now))
                return kept.body
            body = bytearray()
            for piece in self._pieces(url, response, ANSWER):
                body += piece
            text = body.decode(response.encoding or "utf-8", "replace").removeprefix("\ufeff")
        said = {
            "body": text,
            "etag": response.headers.get("ETag", ""),
            "modified": response.headers.get("Last-Modified", ""),
        }
        with self.store.writing(path) as temporary:
            temporary.write_text(json.dumps(said), encoding="utf-8")
        return text

    def _download(self, url: str, part: Path, most: int) -> None:
        """Write the rest of the picture, or all of it."""
        start, validator = _begun(part, url)
        headers = {"Accept": "image/*", "Accept-Encoding": "identity"}
        if start:
            headers |= {"Range": f"bytes={start}-", "If-Range": validator}
        with self._asked(url, headers) as response:
            resumed = response.status_code == 206
            continues = response.headers.get("Content-Range", "").startswith(f"bytes {start}-")
            if response.status_code == 416 or (resumed and not continues):
                _forget(part)
                raise _PassingError("a different part from the one requested")
            _check_type(url, response)
            if not resumed:
                start = 0
                _begin(part, url, response)
            with part.open("ab" if resumed else "wb") as file:
                for piece in self._pieces(url, response, most - start):
                    file.write(piece)

    def _pieces(self, url: str, response: httpx2.Response, most: int) -> Iterator[bytes]:
        """Yield what the host sends. Raises FetchError where it is, or says it will be, more than `most` bytes."""
        declared = response.headers.get("Content-Length", "")
        came = int(declared) if declared.isdecimal() and len(declared) < 20 else 0
        if came <= most:
            came = 0
            for piece in response.iter_bytes():  # in pieces of a size, the last before a break would be lost
                came += len(piece)
                if came > most:
                    break
                yield piece
        if came > most:
            raise FetchError(url, reason="too large", detail=f"more than {most:,} bytes")

    @contextmanager
    def _asked(self, url: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        """Yield the answer with its body still to come, redirects followed, errors raised."""
        address = url
        for _ in range(self.manners.redirects + 1):
            host = checked(address)
            self.pace.wait(host, url)
            self.guard.allow(self.manners.longest)
            with self.http.stream("GET", address, headers=headers) as response:
                if response.status_code not in MOVED or "Location" not in response.headers:
                    self._judge(url, host, response)
                    yield response
                    return
                address = str(response.url.join(response.headers["Location"]))
        raise FetchError(url, reason="too many redirects", detail=f"more than {self.manners.redirects}")

    def _judge(self, url: str, host: str, response: httpx2.Response) -> None:
        """Raise what a status means; nothing for a good one."""
        status = response.status_code
        if status in PASSING:
            wait = retry_after(response.headers.get("Retry-After"), self.clock.time())
            if wait is not None:
                self.pace.hold(host, wait)
            raise _PassingError(f"status {status}")
        self.pace.told(host, answered=True)
        if status in (404, 410):
            raise FetchError(url, reason=f"not found ({status})")
        if not (200 <= status < 300 or status in (304, 416)):
            raise FetchError(url, reason=f"refused ({status})")


def _read(path: Path) -> _CachedAnswer | None:
    """Return the answer kept there; None where there is none, or none that can be understood."""
    try:
        kept = json.loads(path.read_bytes())
        return _CachedAnswer(body=kept["body"], etag=kept["etag"], modified=kept["modified"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _check_type(url: str, response: httpx2.Response) -> None:
    """Raise FetchError for what says of itself that it is no picture."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind and not kind.startswith("image/") and kind not in ("application/octet-stream", "binary/octet-stream"):
        raise FetchError(url, reason="not a picture", detail=f"the host sends {kind[:60]}")


def _origin(part: Path) -> Path:
    """Return the file that says where a picture that is still arriving comes from."""
    return part.with_name(f"{part.name}.from")


def _begin(part: Path, url: str, response: httpx2.Response) -> None:
    """Note from what the bytes to come are, if the host says it so that they can be continued."""
    etag = response.headers.get("ETag", "")
    strong = etag.startswith('"') and "Content-Encoding" not in response.headers
    _origin(part).write_text(json.dumps([url, etag if strong else ""]), encoding="utf-8")


def _begun(part: Path, url: str) -> tuple[int, str]:
    """Return how many bytes are there of the picture and its ETag; 0 where it must be begun anew."""
    try:
        address, etag = json.loads(_origin(part).read_bytes())
        size = part.stat().st_size
    except (OSError, ValueError, TypeError):
        return 0, ""
    return (size, etag) if etag and address == url else (0, "")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _origin(part).unlink(missing_ok=True)


def _said(error: Exception | None) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
