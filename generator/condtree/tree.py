"""Tree: exact nearest neighbors under a condition on labels, by best-first descent."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import (
    Neighbors,
    TreeArrays,
    checked_count,
    checked_exclude,
    checked_labels,
    checked_points,
    frozen,
)
from generator.condtree.brute import scanned
from generator.condtree.kernels import descend_queries, farthest
from generator.condtree.labels import allowed_indices, bits_of, places_of
from generator.condtree.threads import slicing

LEAF = 32  # most points of a leaf
FEW = 0.02  # below this share of allowed rows the tree looks at each: bounds save little among so few


class Tree:
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

    Many queries at once are answered by all processors. A point is its own nearest, unless its row is excluded:

    >>> tree.query(points, k=1).rows.ravel()
    array([0, 1, 2, 3], dtype=int32)
    >>> tree.query(points, k=1, exclude=np.arange(4)).rows.ravel()
    array([1, 0, 1, 2], dtype=int32)

    Row 1 is as far from 0 as from 2: equal distances go to the lower row. Answers are exact: those of a plain loop in
    float64 whose distances are rounded to float32, whatever the machine (kernels.py says why). For points and
    queries of length 1 the order is that of cosine similarity, which is 1 - distance ** 2 / 2.

    A tree is a few plain arrays (TreeArrays). It can be kept in a folder and used from there without being read in:

    >>> import tempfile
    >>> folder = tempfile.mkdtemp() + "/tree"
    >>> tree.save(folder)
    >>> Tree.load(folder).query(query, k=1, allowed=[1]).rows
    array([[2]], dtype=int32)
    """

    def __init__(self, arrays: TreeArrays) -> None:
        self.arrays = arrays

    @classmethod
    def build(cls, points: NDArray[np.float32], labels: NDArray[np.int32], *, leaf: int = LEAF) -> "Tree":
        """Return a tree over points (n, d) with labels (n,). Raises ValueError for points that are not finite."""
        points, leaf = checked_points(points), checked_count(leaf, "leaf")
        names, index = np.unique(checked_labels(labels, len(points)), return_inverse=True)
        moved, rows = points.copy(), np.arange(len(points), dtype=np.int32)
        nodes = split(moved, rows, leaf)
        by_label = np.lexsort((rows, index[rows]))
        start = np.searchsorted(index[rows][by_label], np.arange(len(names) + 1))
        span, child = np.array([n[0] for n in nodes]).reshape(-1, 2), np.array([n[1] for n in nodes]).reshape(-1, 2)
        center = np.array([n[2] for n in nodes], np.float32).reshape(-1, points.shape[1])
        return cls(
            TreeArrays(
                points=frozen(moved),
                rows=frozen(rows),
                labels=frozen(index[rows], np.int32),
                names=frozen(names),
                span=frozen(span, np.int32),
                child=frozen(child, np.int32),
                center=frozen(center),
                radius=frozen([n[3] for n in nodes], np.float64),
                words=frozen(words_of_nodes(index[rows], span, child, len(names))),
                place=frozen(by_label, np.int32),
                start=frozen(start, np.int64),
            )
        )

    def query(
        self, vectors: NDArray[np.float32], k: int, allowed: Iterable[int] | NDArray[Any] | None = None, *,
        exclude: NDArray[np.int32] | None = None, threads: int | None = None,
    ) -> Neighbors:  # fmt: skip
        """Return the k nearest rows with an allowed label; -1 and inf fill up where there are fewer.

        vectors are float32 (q, d); allowed are labels, a mask over labels 0, 1, ..., or None for all; exclude (q,) is
        a row that each query must not find, -1 for none. Raises ValueError for vectors that are not finite.
        """
        tree = self.arrays
        indices = allowed_indices(tree.names, allowed)
        count = int((tree.start[indices + 1] - tree.start[indices]).sum())
        if count <= FEW * len(tree.rows):
            places = frozen(tree.place[places_of(tree.start, indices)])
            return scanned(tree.points, tree.rows, places, vectors, k, exclude=exclude, threads=threads)
        vectors, k = checked_points(vectors, "vectors", tree.points.shape[1]), checked_count(k)
        excluded = checked_exclude(exclude, len(vectors))
        words = bits_of(indices, len(tree.names))
        rows, distances = np.empty((len(vectors), k), np.int32), np.empty((len(vectors), k), np.float32)

        def descend(first: int, past: int) -> None:
            part = slice(first, past)
            descend_queries(tree, vectors[part], words, excluded[part], rows[part], distances[part])

        with slicing(threads, len(vectors)) as over_slices:
            over_slices(descend, len(vectors))
        return Neighbors(rows=rows, distances=distances)

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
        arrays = {
            name: np.load(Path(folder) / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in TreeArrays._fields
        }
        return cls(TreeArrays(**{name: frozen(array) for name, array in arrays.items()}))


def split(points: NDArray[np.float32], rows: NDArray[np.int32], leaf: int) -> list[tuple[Any, Any, Any, float]]:
    """Return span, children, center and radius of every node, parents first; points and rows are reordered in place.

    A node is halved across the line from the point farthest from its center to the one farthest from that. Any split,
    and any center, is sound: a radius is measured from the center as stored.
    """
    nodes: list[tuple[Any, Any, Any, float]] = []
    waiting = [(0, len(points), -1, 0)] if len(points) else []
    while waiting:
        first, past, parent, side = waiting.pop()
        if parent >= 0:
            nodes[parent][1][side] = len(nodes)
        inside = points[first:past]
        center = frozen(inside.mean(axis=0, dtype=np.float64), np.float32)
        one, radius = farthest(frozen(inside), center)
        if past - first > leaf:
            other, _ = farthest(frozen(inside), frozen(inside[one].copy()))
            middle = (past - first) // 2
            order = np.argpartition(inside @ (inside[one] - inside[other]), middle)
            points[first:past], rows[first:past] = inside[order], rows[first:past][order]
            waiting += [(first + middle, past, len(nodes), 1), (first, first + middle, len(nodes), 0)]
        nodes.append(((first, past), [-1, -1], center, radius))
    return nodes


def words_of_nodes(
    index: NDArray[np.integer], span: NDArray[np.integer], child: NDArray[np.integer], count: int
) -> NDArray[np.uint64]:
    """Return the labels of every node as bits, (m, w); a parent joins those of its children, which come after it."""
    words = np.zeros((len(span), -(-count // 64)), np.uint64)
    for node in reversed(range(len(span))):
        left, right = child[node]
        words[node] = words[left] | words[right] if left >= 0 else bits_of(index[slice(*span[node])], count)
    return words
