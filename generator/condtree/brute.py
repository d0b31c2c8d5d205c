"""BruteForce: looks at every allowed row. The measure of the tree, and what the tree does when few are allowed."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import (
    LabelArrays,
    Neighbors,
    checked_count,
    checked_exclude,
    checked_labels,
    checked_points,
    frozen,
)
from generator.condtree.kernels import scan_queries
from generator.condtree.labels import allowed_indices, places_of
from generator.condtree.threads import slicing


class BruteForce:
    """Points and labels to search row by row; the interface and the answers of Tree."""

    def __init__(self, arrays: LabelArrays) -> None:
        self.arrays = arrays

    @classmethod
    def build(cls, points: NDArray[np.float32], labels: NDArray[np.int32]) -> "BruteForce":
        """Return the points (n, d) ordered by label (n,). Raises ValueError for points that are not finite."""
        points = checked_points(points)
        names, index = np.unique(checked_labels(labels, len(points)), return_inverse=True)
        order = np.argsort(index, kind="stable")
        start = np.searchsorted(index[order], np.arange(len(names) + 1))
        return cls(LabelArrays(frozen(points[order]), frozen(order, np.int32), frozen(names), frozen(start, np.int64)))

    def query(
        self, vectors: NDArray[np.float32], k: int, allowed: Iterable[int] | NDArray[Any] | None = None, *,
        exclude: NDArray[np.int32] | None = None, threads: int | None = None,
    ) -> Neighbors:  # fmt: skip
        """Return the k nearest rows with an allowed label, as Tree.query does."""
        places = places_of(self.arrays.start, allowed_indices(self.arrays.names, allowed))
        return scanned(self.arrays.points, self.arrays.rows, places, vectors, k, exclude=exclude, threads=threads)


def scanned(
    points: NDArray[np.float32], rows: NDArray[np.int32], places: NDArray[np.int32],
    vectors: NDArray[np.float32], k: int, *,
    exclude: NDArray[np.int32] | None, threads: int | None,
) -> Neighbors:  # fmt: skip
    """Return the k of the points at these places that are nearest to every vector."""
    vectors, k = checked_points(vectors, "vectors", points.shape[1]), checked_count(k)
    excluded = checked_exclude(exclude, len(vectors))
    found = np.empty((len(vectors), k), np.int32)
    distances = np.empty((len(vectors), k), np.float32)

    def scan(first: int, past: int) -> None:
        part = slice(first, past)
        scan_queries(points, rows, places, vectors[part], excluded[part], found[part], distances[part])

    with slicing(threads, len(vectors)) as over_slices:
        over_slices(scan, len(vectors))
    return Neighbors(rows=found, distances=distances)
