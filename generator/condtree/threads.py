"""Run a kernel over slices of a range, in threads. Kernels give up the interpreter's lock, so threads are enough."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

Task = Callable[[int, int], None]  # task(first, past)


@contextmanager
def slicing(threads: int | None, longest: int) -> Iterator[Callable[[Task, int], None]]:
    """Yield a function that runs a task over slices of range(length), length at most longest.

    threads is how many work at once; None takes every processor that this process may use.
    """
    workers = min(threads or processors(), longest)
    if workers <= 1:
        yield lambda task, length: task(0, length)
        return
    with ThreadPoolExecutor(workers) as pool:

        def run(task: Task, length: int) -> None:
            # More slices than threads, because slices differ in work.
            step = max(1, -(-length // (4 * workers)))
            for started in [pool.submit(task, first, min(first + step, length)) for first in range(0, length, step)]:
                started.result()

        yield run


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
