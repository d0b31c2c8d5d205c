"""Memory: how much is free, and how much a call took at its peak. Linux says; elsewhere nothing is known."""

import ctypes
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

RESERVE = 2**30  # bytes that are left to the rest of the machine


def available() -> int | None:
    """Return the bytes that a process may still take; None where the system does not say."""
    kib = _field(Path("/proc/meminfo"), "MemAvailable")
    return None if kib is None else max(0, 1024 * kib - RESERVE)


def installed() -> int:
    """Return the bytes of memory of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@dataclass(slots=True)
class Peak:
    """The most memory held within a block beyond what was held before, in bytes; None where nothing is known."""

    bytes: int | None = None


@contextmanager
def watching() -> Iterator[Peak]:
    """Yield a Peak that is known when the block ends."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)  # what the C library keeps for later use would hide what is taken now
    peak, status = Peak(), Path("/proc/self/status")
    before = _field(status, "VmRSS")
    try:
        Path("/proc/self/clear_refs").write_text("5")  # sets the highest resident size back to the present one
    except OSError:
        before = None
    yield peak
    highest = _field(status, "VmHWM")
    if before is not None and highest is not None:
        peak.bytes = 1024 * max(0, highest - before)


def _field(path: Path, name: str) -> int | None:
    """Return a number of KiB from a file of /proc."""
    with suppress(OSError):
        for line in path.read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return None
