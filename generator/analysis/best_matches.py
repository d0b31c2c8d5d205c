"""Analogies -> the nearest work of every value, for every work at once; the same picture again is none.

n works, v values of one facet, or periods; c cells; b works looked at together
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.analysis import closeness
from generator.core.findings import Analogies
from generator.core.model import Collection, freeze

BLOCK = 256  # works looked at together

Rows = NDArray[np.int32]
Cosines = NDArray[np.float32]
Marks = NDArray[np.bool_]
Block = tuple[slice, Rows, Cosines, Marks]


@dataclass(frozen=True, slots=True, kw_only=True)
class BestMatches:
    """The nearest work of every value, for every work."""

    rows: Rows  # (n, v) ties by lower row; -1 where there is none
    cosine: Cosines  # (n, v) -inf where there is none
    copied: Marks  # (n, v) the same picture, or nearly, is there

    def __post_init__(self) -> None:
        freeze(self, "rows", np.int32, (None, None))
        freeze(self, "cosine", np.float32, self.rows.shape)
        freeze(self, "copied", np.bool_, self.rows.shape)

    def elsewhere(self, labels: NDArray[np.int32]) -> tuple[Rows, Cosines, Marks]:
        """Return each work's nearest outside its own value, its cosine, and whether the same picture is there: (n,)."""
        own = labels[:, None] == np.arange(self.rows.shape[1])
        cosine = np.where(own, np.float32(-np.inf), self.cosine)
        rows, top = _first(self.rows[:, None], cosine[:, None], len(labels))
        return rows[:, 0], top[:, 0], (self.copied & ~own).any(axis=1)


def blocks(collection: Collection, analogies: Analogies) -> Iterator[Block]:
    """Yield works (b), their lists (b, c, k), the cosines, -inf for what is no analog, and which are the same picture."""
    pictures = np.unique([work.picture.digest for work in collection.works], return_inverse=True)[1]
    least = _least_same()
    for start in range(0, len(collection.works), BLOCK):
        part = slice(start, min(start + BLOCK, len(collection.works)))
        rows, cosine = analogies.rows[part], analogies.similarity[part]
        same = (cosine >= least) | (pictures[rows] == pictures[part][:, None, None])
        same &= rows >= 0
        yield part, rows, np.where(same | (rows < 0), np.float32(-np.inf), cosine), same


def of_facets(collection: Collection, analogies: Analogies) -> list[BestMatches]:
    """Return for each facet the nearest work of each of its values, for every work."""
    n, count = len(collection.works), len(collection.facets)
    found = [_empty(n, len(facet.values)) for facet in collection.facets]
    groups = [_grouped(collection.cells[:, facet]) for facet in range(count)]
    for part, rows, cosine, same in blocks(collection, analogies):
        best, top = _first(rows, cosine, n)
        copied: Marks = np.any(same, axis=2)
        for (into, near, there), (order, starts, values) in zip(found, groups, strict=True):
            most = np.maximum.reduceat(top[:, order], starts, axis=1)
            among = np.repeat(most, np.diff([*starts, len(order)]), axis=1)
            lowest = np.where(top[:, order] == among, best[:, order], n)
            lowest = np.minimum.reduceat(lowest, starts, axis=1)
            into[part, values], near[part, values] = np.where(np.isfinite(most), lowest, -1), most
            there[part, values] = np.logical_or.reduceat(copied[:, order], starts, axis=1)
    return [BestMatches(rows=into, cosine=near, copied=there) for into, near, there in found]


def across_all(collection: Collection, analogies: Analogies) -> BestMatches:
    """Return each work's nearest among those that differ in every facet, as the only value there is."""
    n = len(collection.works)
    into, near, there = _empty(n, 1)
    for part, rows, cosine, same in blocks(collection, analogies):
        other = (collection.labels[part][:, None, :] != collection.cells[None, :, :]).all(axis=2)
        cosine[~other] = -np.inf
        best, top = _first(rows.reshape(len(rows), 1, -1), cosine.reshape(len(rows), 1, -1), n)
        into[part], near[part] = best, top
        there[part, 0] = (same & other[:, :, None]).any(axis=(1, 2))
    return BestMatches(rows=into, cosine=near, copied=there)


def of_groups(collection: Collection, analogies: Analogies, groups: NDArray[np.int64], count: int) -> BestMatches:
    """Return the nearest listed work of each of `count` groups, such as periods; groups (n,) are -1 for works in none.

    Lists are of cells, so what is nearest in a group is missing where nearer works of its cells fill their lists.
    """
    n = len(collection.works)
    into, near, there = _empty(n, count)
    for part, rows, cosine, same in blocks(collection, analogies):
        shape = (len(rows), -1)
        names, flat, copies = rows.reshape(shape), cosine.reshape(shape), same.reshape(shape)
        group = np.where(names >= 0, groups[names], -1)
        for value in range(count):
            inside = np.where(group == value, flat, np.float32(-np.inf))
            best, top = _first(names[:, None], inside[:, None], n)
            into[part, value], near[part, value] = best[:, 0], top[:, 0]
            there[part, value] = (copies & (group == value)).any(axis=1)
    return BestMatches(rows=into, cosine=near, copied=there)


def _empty(n: int, values: int) -> tuple[Rows, Cosines, Marks]:
    return np.full((n, values), -1, np.int32), np.full((n, values), -np.inf, np.float32), np.zeros((n, values), bool)


def _first(rows: Rows, cosine: Cosines, n: int) -> tuple[Rows, Cosines]:
    """Return the nearest of each list and its cosine, ties by lower row."""
    top = cosine.max(axis=2)
    lowest = np.where(cosine == top[..., None], rows, n).min(axis=2)
    return np.where(np.isfinite(top), lowest, -1).astype(np.int32), top


def _grouped(labels: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Return the cells sorted by value, where each value begins, and the values."""
    order = np.argsort(labels, kind="stable")
    values, starts = np.unique(labels[order], return_index=True)
    return order, starts, values


def _least_same() -> np.float32:
    """Return the least cosine that closeness.SAME takes for the same picture."""
    near = np.float32(closeness.SAME_COSINE) + np.arange(-4_000, 4_000, dtype=np.float32) * np.float32(2**-24)
    return np.float32(near[closeness.encode(near) >= closeness.SAME].min())
