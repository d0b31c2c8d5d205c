"""Rate limit: when a host may be asked next; not before it says, and not for ever where it is dead."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from time import monotonic, time

from generator.core.errors import FetchError

GIVEN_UP = 5  # addresses in a row that a host did not answer: the rest is not tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Time as the client sees it; tests bring their own."""

    monotonic: Callable[[], float] = monotonic
    time: Callable[[], float] = time
    sleep: Callable[[float], object] | None = None  # None: a sleep that ends when the client is closed


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """How a client behaves."""

    rate: float = 8.0  # requests a second to one host
    jobs: int = 4  # requests at once
    tries: int = 5
    backoff: float = 1.0  # seconds before the second try; twice as many before each further one
    patience: float = 120.0  # seconds: the longest wait that a host may ask for
    silence: float = 30.0  # seconds without a byte
    longest: float = 300.0  # seconds for one try, whatever comes
    redirects: int = 5
    fresh: float = 86_400.0  # seconds for which a kept answer of an API is taken without asking again
    private: bool = False  # may addresses be asked that are not on the public internet?
    seed: int = 0  # of the jitter


class RateLimiter:
    """Keeps the threads of a client to its manners, host by host."""

    def __init__(self, manners: RateLimits, clock: Clock, sleep: Callable[[float], object]) -> None:
        self.manners, self.clock, self.sleep = manners, clock, sleep
        self.lock = threading.Lock()
        self.next: dict[str, float] = {}
        self.silent: Counter[str] = Counter()

    def wait(self, host: str, address: str) -> None:
        """Return when the host may be asked. Raises FetchError where that is not to be waited for."""
        with self.lock:
            now = self.clock.monotonic()
            begin = max(now, self.next.get(host, now))
            if self.silent[host] >= GIVEN_UP:
                detail = f"{host}; run ingest again later"
                raise FetchError(address, reason="the host does not answer", detail=detail)
            if begin - now > self.manners.patience:
                detail = f"{host} asks to wait {begin - now:.0f} s; run ingest again after that"
                raise FetchError(address, reason="the host asks to wait too long", detail=detail)
            self.next[host] = begin + 1 / self.manners.rate
        if begin > now:
            self.sleep(begin - now)

    def hold(self, host: str, seconds: float) -> None:
        """Nobody asks the host before so many seconds have passed."""
        with self.lock:
            self.next[host] = max(self.next.get(host, 0.0), self.clock.monotonic() + seconds)

    def back_off(self, address: str, attempt: int) -> None:
        """Wait before the next try: longer each time, and not all at once."""
        jitter = random.Random(f"{self.manners.seed} {address} {attempt}").uniform(0.5, 1.0)
        self.sleep(min(self.manners.patience, self.manners.backoff * 2**attempt) * jitter)

    def told(self, host: str, *, answered: bool) -> None:
        """Note that the host answered, or that it gave no good answer for an address in all tries."""
        with self.lock:
            self.silent[host] = 0 if answered else self.silent[host] + 1


def retry_after(text: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for, in seconds or as a date (RFC 9110, 10.2.3)."""
    if text is None:
        return None
    if text.strip().isdecimal() and len(text) < 12:
        return float(text)
    try:
        when = parsedate_to_datetime(text)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max(0.0, when.timestamp() - now)
    except (ValueError, OverflowError):
        return None
