"""Comparison of answers: equal similarities, and the same rows wherever similarities are not tied."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 1e-5  # float32 products of unit vectors of up to 2,048 dimensions differ by less in any order of summation
BLOCK = 512  # queries compared at a time

Permits = Callable[[NDArray[np.integer[Any]], NDArray[np.integer[Any]], NDArray[np.int32]], NDArray[np.bool_]]


class Lists(NamedTuple):
    """For every query the nearest k of every set asked for, nearest first."""

    rows: NDArray[np.int32]  # (q, c, k) -1 where there are fewer
    similarity: NDArray[np.float32]  # (q, c, k) cosine, -inf where there are fewer

    def of(self, queries: slice | NDArray[np.int64]) -> "Lists":
        """Return the lists of some of the queries."""
        return Lists(self.rows[queries], self.similarity[queries])


def difference(
    ours: Lists, theirs: Lists, *, queries: NDArray[np.float32], points: NDArray[np.float32], permits: Permits
) -> str:
    """Return how their answer differs from ours, or nothing; permits(query, set, row) says who may be found."""
    for first in range(0, len(queries), BLOCK):
        part = slice(first, first + BLOCK)
        one, other = ours.of(part), theirs.of(part)
        found = _in_value(one, other) or _in_rows(one, other, first, queries, points, permits)
        if found:
            return found
    return ""


def _in_value(ours: Lists, theirs: Lists) -> str:
    filled = ours.rows >= 0
    if ((theirs.rows >= 0) != filled).any() or (np.isfinite(theirs.similarity) != filled).any():
        return "finds another number of rows"
    gap = np.abs(ours.similarity[filled].astype(np.float64) - theirs.similarity[filled]).max(initial=0.0)
    return "" if gap <= TOLERANCE else f"similarity off by {gap:.1e}"


def _in_rows(
    ours: Lists,
    theirs: Lists,
    first: int,
    queries: NDArray[np.float32],
    points: NDArray[np.float32],
    permits: Permits,
) -> str:
    """Rows may differ where they are as near as each other: theirs must be permitted, as near as said, and distinct."""
    query, which, place = np.nonzero(ours.rows != theirs.rows)
    rows = theirs.rows[query, which, place]
    if not permits(first + query, which, rows).all():
        return "finds a row that was not asked for"
    near = np.concatenate(
        [_cosine(queries[first + query[i : i + 4096]], points[rows[i : i + 4096]]) for i in range(0, len(rows), 4096)]
        or [np.empty(0)]
    )
    gap = np.abs(near - theirs.similarity[query, which, place]).max(initial=0.0)
    if gap > TOLERANCE:
        return f"a row's similarity is off by {gap:.1e}"
    lists = np.sort(theirs.rows[query, which], axis=1)
    return "finds a row twice" if ((np.diff(lists, axis=1) == 0) & (lists[:, 1:] >= 0)).any() else ""


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float64]:
    cosines: NDArray[np.float64] = np.einsum("qd,qd->q", one.astype(np.float64), other)
    return cosines
