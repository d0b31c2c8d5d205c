"""Progress: how far the work is, shown to a person; a bar on a terminal, plain lines elsewhere. The home of tqdm."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 5.0


class Console:
    """Progress (core.model) on a stream, or stderr; `verbosity` -1 quiet, 0 stages that take time, 1 every word."""

    def __init__(self, stream: TextIO | None = None, *, verbosity: int = 0) -> None:
        self.stream = stream or sys.stderr  # None in a program that was started with stderr closed
        self.verbosity = verbosity if self.stream else -1

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator["Bar | Lines"]:
        """Begin a piece of work of `total` items; 0 where nobody knows how many there are."""
        step = self._step(name, total)
        try:
            yield step
        finally:
            step.close()

    def _step(self, name: str, total: int) -> "Bar | Lines":
        if self.verbosity >= 0 and self.stream.isatty():
            return Bar(name, total, self.stream)
        return Lines(name, total, self.stream if self.verbosity >= 0 else None)

    def say(self, line: str) -> None:
        """A line for the person who runs the build (shown with -v)."""
        if self.verbosity > 0:
            tqdm.write(line, file=self.stream)


class Bar:
    """A bar with counts and the time left."""

    def __init__(self, name: str, total: int, stream: TextIO) -> None:
        self.bar = tqdm(total=total or None, desc=name, file=stream, dynamic_ncols=True)

    def advance(self, count: int = 1) -> None:
        self.bar.update(count)

    def close(self) -> None:
        self.bar.close()


class Lines:
    """The plain twin of a bar: a line every few seconds and one at the end."""

    def __init__(self, name: str, total: int, stream: TextIO | None) -> None:
        self.name, self.total, self.stream = name, total, stream
        self.done = 0
        self.begun = self.shown = time.perf_counter()

    def advance(self, count: int = 1) -> None:
        self.done += count
        now = time.perf_counter()
        if self.stream and now - self.shown >= SECONDS_BETWEEN_LINES:
            self.shown = now
            left = (now - self.begun) / self.done * max(0, self.total - self.done)
            ahead = f", {left:.0f} s left" if self.total else ""
            print(f"{self.name}: {self._count()}{ahead}", file=self.stream, flush=True)

    def close(self) -> None:
        if self.stream:
            took = time.perf_counter() - self.begun
            print(f"{self.name}: {self._count()} in {took:.1f} s", file=self.stream, flush=True)

    def _count(self) -> str:
        return f"{self.done:,} of {self.total:,}" if self.total else f"{self.done:,}"
