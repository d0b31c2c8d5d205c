"""Batches of queries: checked, shared among threads and answered, for Tree and BruteForce alike."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import Neighbors, checked_count, checked_labels, checked_points
from generator.condtree.scan_kernels import NOBODY

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


# search(vectors, exclude, rows, distances) is False, and nothing written, if the vectors do not fit
Search = Callable[[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]], bool]
FLOAT, INTEGER = np.dtype(np.float32), np.dtype(np.int32)
ALONE = 8  # queries that are not worth a second thread


def answered(
    search: Search,
    vectors: NDArray[np.float32],
    d: int,
    k: int,
    *,
    exclude: NDArray[np.integer[Any]] | None,
    threads: int | None,
) -> Neighbors:
    """vectors (q, d) float32 -> what a search finds for each, rows and distances (q, k); it is given slices of them."""
    if type(vectors) is not np.ndarray or vectors.dtype != FLOAT or vectors.shape[1:] != (d,) or len(vectors) > ALONE:
        vectors = checked_points(vectors, "vectors", d)
    if not vectors.flags.carray:
        vectors = vectors.copy()  # what is read-only would have kernels of its own
    k, q = checked_count(k), len(vectors)
    excluded = NOBODY if exclude is None else checked_labels(exclude, q, "exclude")
    rows, distances = np.empty((q, k), INTEGER), np.empty((q, k), FLOAT)
    if q > ALONE:

        def part(first: int, past: int) -> None:
            some = slice(first, past)
            search(vectors[some], excluded[some], rows[some], distances[some])

        with slicing(threads, q) as over_slices:
            over_slices(part, q)
    elif not search(vectors, excluded, rows, distances):
        # To look for what is not finite takes checked_points longer than a search among a few rows takes.
        checked_points(vectors, "vectors", d)
    return Neighbors(rows=rows, distances=distances)
