"""A client that takes no time to wait, and what it gets from a server that misbehaves."""

import time
from pathlib import Path

from generator.core.store import Store
from generator.ingest.http.client import Client
from generator.ingest.http.rate_limit import Clock, RateLimits
from support.misbehaving import (
    Server,
    picture,
)

QUICK = {"rate": 1e6, "backoff": 1.0, "silence": 2.0, "private": True}


PICTURE = picture()


class Naps:
    """A sleep that takes no time, and remembers."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def client(tmp_path: Path, naps: Naps | None = None, *, wall=time.time, look_up=None, **manners) -> Client:
    clock = Clock(sleep=naps or Naps(), time=wall)
    more = {} if look_up is None else {"look_up": look_up}
    return Client(Store(tmp_path / "cache"), RateLimits(**{**QUICK, **manners}), clock=clock, **more)


def fetch(server: Server, tmp_path: Path, answer, naps: Naps | None = None, **manners):
    """Return what comes of a picture under /a.png, where the server answers so."""
    server.answers["/a.png"] = answer
    with client(tmp_path, naps, **manners) as asking:
        return asking.fetch(server.url("/a.png"), tmp_path / "a", most=10_000_000)


def left(tmp_path: Path) -> list[str]:
    """Return what lies where the picture was to be."""
    return sorted(path.name for path in tmp_path.iterdir() if path.name != "cache")
