"""BruteForce: looks at every allowed row. The measure of the tree."""

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import LabelArrays, Neighbors, checked_labels, checked_points, frozen
from generator.condtree.labels import Condition, Labels, condition_for, condition_of, grouped
from generator.condtree.queries import answered
from generator.condtree.scan import scan_queries


class BruteForce:
    """Points and labels to search row by row; the interface and the answers of Tree."""

    def __init__(self, arrays: LabelArrays) -> None:
        self.arrays = arrays
        self.everything = self.condition(None)

    @classmethod
    def build(cls, points: NDArray[np.float32], labels: NDArray[np.int32]) -> "BruteForce":
        """Return the points (n, d) ordered by label (n,). Raises ValueError for points that are not finite."""
        points = checked_points(points)
        rows, names, start = grouped(checked_labels(labels, len(points)))
        return cls(LabelArrays(points=frozen(points[rows]), rows=rows, names=names, start=start))

    def condition(self, allowed: Labels | None) -> Condition:
        """Return a set of labels looked up once, for query."""
        return condition_of(self.arrays.names, self.arrays.start, allowed)

    def query(
        self,
        vectors: NDArray[np.float32],
        k: int,
        allowed: Condition | Labels | None = None,
        *,
        exclude: NDArray[np.integer] | None = None,
        threads: int | None = None,
    ) -> Neighbors:
        """Return the k nearest rows with an allowed label, as Tree.query does."""
        points, spans = self.arrays.points, condition_for(self, allowed).spans

        def search(vectors, excluded, rows, distances):  # type: ignore[no-untyped-def]
            return scan_queries(points, self.arrays.rows, spans, vectors, excluded, rows, distances)

        return answered(search, vectors, points.shape[1], k, exclude=exclude, threads=threads)
