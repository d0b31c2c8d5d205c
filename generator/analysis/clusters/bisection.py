"""Vectors -> a partition: a tree whose nodes are ever smaller groups of vectors that lie together. It sees no labels.

A node is cut in two along one direction, where the two parts have the least spread; the direction is that of the most
spread at first, then that from one part's mean to the other's, until the cut stays: 2-means with a cut that is
exact along its direction and leaves no part smaller than asked (condtree is another kind of tree: it bounds distances,
and its parts need not be groups).

    n points   d dimensions   m nodes
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.core.model import Progress, freeze

CUTS = 20  # at most so many times is a node's cut made better
POWERS = 8  # multiplications by the covariance until the direction of the most spread is near enough

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """The nodes, parents before their children; the first holds all."""

    order: NDArray[np.int32]  # (n,) the rows; those of a node are consecutive
    span: NDArray[np.int32]  # (m, 2) first and one-past-last place in `order` of each node
    parent: NDArray[np.int32]  # (m,) -1 for the first

    def __post_init__(self) -> None:
        freeze(self, "order", np.int32, (None,))
        freeze(self, "span", np.int32, (None, 2))
        freeze(self, "parent", np.int32, (len(self.span),))

    def rows(self, node: int) -> NDArray[np.int32]:
        """Return the rows of a node."""
        first, last = self.span[node]
        return self.order[first:last]


def grow(vectors: Floats, smallest: int, progress: Progress) -> Partition:
    """Return the partition of the vectors (n, d) in which no node has fewer than `smallest` rows."""
    order = np.arange(len(vectors), dtype=np.int32)
    span: list[tuple[int, int]] = []
    parent: list[int] = []
    waiting = [(0, len(vectors), -1)]
    with progress.stage("Grouping similar pictures", len(vectors)) as step:
        while waiting:
            first, last, above = waiting.pop()
            node = len(span)
            span.append((first, last))
            parent.append(above)
            size = _cut(vectors, order[first:last], smallest)
            if size:
                waiting += [(first + size, last, node), (first, first + size, node)]
            else:
                step.advance(last - first)
    return Partition(order=order, span=np.array(span, np.int32).reshape(-1, 2), parent=np.array(parent, np.int32))


def _cut(vectors: Floats, rows: NDArray[np.int32], smallest: int) -> int:
    """Order the rows of a node so that its first part comes first; return that part's size, 0 where there is no cut."""
    if len(rows) < 2 * smallest:
        return 0
    points = vectors[rows]
    points -= points.mean(axis=0)
    axis, size, part = _widest(points), 0, np.empty(0, np.int64)
    for _ in range(CUTS):
        along = points @ axis
        if along.min() == along.max():  # all the same, or too nearly so to be told apart
            break
        order, before = np.argsort(along, kind="stable"), part
        size = _place(along[order], smallest)
        part, rest = np.sort(order[:size]), np.sort(order[size:])
        if np.array_equal(part, before):
            break
        axis = points[rest].mean(axis=0) - points[part].mean(axis=0)
    if size:
        rows[:] = rows[np.concatenate([part, rest])]
    return size


def _widest(points: Floats) -> Floats:
    """Return the direction of most spread of centered points (n, d), nearly."""
    axis: NDArray[Any] = points[np.argmax(np.einsum("ij,ij->i", points, points))]
    for _ in range(POWERS):
        axis = (points @ axis) @ points
        axis /= max(float(np.linalg.norm(axis)), 1e-30)
    return axis


def _place(along: NDArray[np.floating], smallest: int) -> int:
    """Return how many of the sorted numbers make the first part, that both parts have the least spread."""
    n = len(along)
    sums = np.cumsum(along - along.mean(dtype=np.float64), dtype=np.float64)
    sizes = np.arange(smallest, n - smallest + 1)
    # With a mean of 0, the squares within both parts are least where those between, s^2 / i + s^2 / (n - i), are most.
    return int(sizes[np.argmax(sums[sizes - 1] ** 2 / (sizes * (n - sizes)))])
