"""Tree and BruteForce: exact nearest neighbors under a condition on labels, by descent or by looking at every row."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import LabelArrays, Neighbors, TreeArrays, checked_labels, checked_points, frozen
from generator.condtree.batching import answered
from generator.condtree.labels import Condition, LabeledPoints, Labels, grouped
from generator.condtree.quantization import coded
from generator.condtree.scan_kernels import scan_queries
from generator.condtree.tree_kernels import descend_queries

FEW = 100  # up to so many allowed points, all of them are looked at: their codes would save nothing
CACHED = 2**22  # up to so many bytes of bodies, the head is left out: a cache sends them quicker than memory
WORTH = 1000  # a level of the head is gone through for more points than this: what it says of a query has a price


class Tree(LabeledPoints[TreeArrays]):
    """Points with integer labels, arranged so that the nearest with an allowed label are found without a look at all.

    Four points on a line, of which the first two are labeled 0 and the others 1:

    >>> import numpy as np
    >>> from generator.condtree import Tree
    >>> points = np.array([[0], [1], [2], [4]], np.float32)
    >>> labels = np.array([0, 0, 1, 1], np.int32)
    >>> tree = Tree.build(points, labels)

    The two nearest to 0.9, anywhere and then among those labeled 1. Rows are those of the points given to build:

    >>> query = np.array([[0.9]], np.float32)
    >>> tree.query(query, k=2).rows
    array([[1, 0]], dtype=int32)
    >>> answer = tree.query(query, k=2, allowed=[1])
    >>> answer.rows
    array([[2, 3]], dtype=int32)
    >>> answer.distances
    array([[1.1, 3.1]], dtype=float32)

    A condition may be a mask over labels instead. Any condition on several properties at once is one on labels too:
    give every combination of their values a label, and allow the combinations that meet it. Where fewer than k rows
    are allowed, -1 and inf fill up:

    >>> tree.query(query, k=3, allowed=np.array([True, False])).rows
    array([[ 1,  0, -1]], dtype=int32)

    A condition that is asked for again and again is better looked up once, and handed to query in place of labels:

    >>> second = tree.condition([1])
    >>> tree.query(query, k=1, allowed=second).rows
    array([[2]], dtype=int32)

    Many queries at once are answered by all processors. A point is its own nearest, unless its row is excluded:

    >>> tree.query(points, k=1).rows.ravel()
    array([0, 1, 2, 3], dtype=int32)
    >>> tree.query(points, k=1, exclude=np.arange(4)).rows.ravel()
    array([1, 0, 1, 2], dtype=int32)

    Row 1 is as far from 0 as from 2: equal distances go to the lower row. Answers are exact: those of a plain loop in
    float64 whose distances are rounded to float32, whatever the machine (the package says why). For points and
    queries of length 1 the order is that of cosine similarity, which is 1 - distance ** 2 / 2.

    A tree is a few plain arrays (TreeArrays). It can be kept in a folder and used from there without being read in:

    >>> import tempfile
    >>> folder = tempfile.mkdtemp() + "/tree"
    >>> tree.save(folder)
    >>> Tree.load(folder).query(query, k=1, allowed=[1]).rows
    array([[2]], dtype=int32)
    """

    @classmethod
    def build(cls, points: NDArray[np.float32], labels: NDArray[np.int32], *, levels: int | None = None) -> "Tree":
        """points (n, d) float32, labels (n,) integers -> a tree. Raises ValueError for points that are not finite.

        levels is how many levels the head has; None chooses: two at most, and none where they would not be used.
        """
        points = checked_points(points)
        rows, names, start = grouped(checked_labels(labels, len(points)))
        if levels is None:
            levels = min(2, points.shape[1] // 320) if points.size > CACHED else 0
        return cls(coded(frozen(points[rows]), rows, names, start, levels))

    def query(
        self,
        vectors: NDArray[np.float32],
        k: int,
        allowed: Condition | Labels | None = None,
        *,
        exclude: NDArray[np.integer[Any]] | None = None,
        threads: int | None = None,
    ) -> Neighbors:
        """vectors (q, d) float32 -> the k nearest rows with an allowed label (q, k) int32, and their distances, float32.

        -1 and inf fill up where there are fewer. allowed are labels, a mask over labels 0, 1, ..., a condition, or None
        for all; exclude (q,) is a row that each query must not find, -1 for none. Raises ValueError for vectors that are
        not finite.
        """
        tree, condition = self.arrays, self.condition_for(allowed)
        worth = WORTH if condition.count * tree.body.shape[1] > CACHED else condition.count

        def search(
            vectors: NDArray[np.float32],
            excluded: NDArray[np.int32],
            rows: NDArray[np.int32],
            distances: NDArray[np.float32],
        ) -> bool:
            if condition.count <= FEW:
                return scan_queries(tree.points, tree.rows, condition.spans, vectors, excluded, rows, distances)
            return descend_queries(tree, condition.spans, vectors, excluded, worth, rows, distances)

        return answered(search, vectors, tree.points.shape[1], k, exclude=exclude, threads=threads)

    def save(self, folder: str | Path) -> None:
        """Write the tree to a new folder, one .npy file an array; the folder appears when all of it is written."""
        folder = Path(folder)
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for name, array in self.arrays._asdict().items():
            np.save(unfinished / f"{name}.npy", array, allow_pickle=False)
        unfinished.rename(folder)

    @classmethod
    def load(cls, folder: str | Path) -> "Tree":
        """Return the tree in a folder; its arrays are mapped into memory, not read."""
        paths = [Path(folder) / f"{name}.npy" for name in TreeArrays._fields]
        return cls(TreeArrays._make(frozen(np.load(path, mmap_mode="r", allow_pickle=False)) for path in paths))


class BruteForce(LabeledPoints[LabelArrays]):
    """Points and labels to search row by row; the interface and the answers of Tree."""

    @classmethod
    def build(cls, points: NDArray[np.float32], labels: NDArray[np.int32]) -> "BruteForce":
        """points (n, d) float32, labels (n,) integers -> what searches them. Raises ValueError if they are not finite."""
        points = checked_points(points)
        rows, names, start = grouped(checked_labels(labels, len(points)))
        return cls(LabelArrays(points=frozen(points[rows]), rows=rows, names=names, start=start))

    def query(
        self,
        vectors: NDArray[np.float32],
        k: int,
        allowed: Condition | Labels | None = None,
        *,
        exclude: NDArray[np.integer[Any]] | None = None,
        threads: int | None = None,
    ) -> Neighbors:
        """vectors (q, d) float32 -> rows (q, k) int32 and distances (q, k) float32, as Tree.query returns them."""
        points, spans = self.arrays.points, self.condition_for(allowed).spans

        def search(
            vectors: NDArray[np.float32],
            excluded: NDArray[np.int32],
            rows: NDArray[np.int32],
            distances: NDArray[np.float32],
        ) -> bool:
            return scan_queries(points, self.arrays.rows, spans, vectors, excluded, rows, distances)

        return answered(search, vectors, points.shape[1], k, exclude=exclude, threads=threads)
