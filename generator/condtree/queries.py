"""Many queries checked, shared among threads and answered: what Tree and BruteForce have in common."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import Neighbors, checked_count, checked_labels, checked_points
from generator.condtree.scan import NOBODY
from generator.condtree.threads import slicing

# search(vectors, exclude, rows, distances) is False, and nothing written, if the vectors do not fit
Search = Callable[[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]], bool]
FLOAT, INTEGER = np.dtype(np.float32), np.dtype(np.int32)
ALONE = 8  # queries that are not worth a second thread


def answered(
    search: Search,
    vectors: NDArray[np.float32],
    d: int,
    k: int,
    *,
    exclude: NDArray[np.integer] | None,
    threads: int | None,
) -> Neighbors:
    """Return what a search finds for every vector; it writes rows and distances (q, k) of a slice of them."""
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
