"""Analogies -> what one work's page needs: its neighbors in one exact order, the best of every value and cell.

m neighbors of one work: all of its cells' lists, joined
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.analysis import closeness
from generator.analysis.closeness import Scale
from generator.core.findings import Analogies
from generator.core.model import Collection


class Match(NamedTuple):  # hundreds of them are made for each work
    """A neighbor of some work, and how near it is."""

    row: int
    rank: int  # see closeness.py
    level: int
    same: bool  # the same picture, or nearly


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """All that is near one work, nearest first, ties by the lower row."""

    rows: NDArray[np.int32]  # (m,)
    codes: NDArray[np.uint16]  # (m,) closeness.encode of the cosine
    ranks: NDArray[np.int64]  # (m,)
    levels: NDArray[np.int64]  # (m,)
    same: NDArray[np.bool_]  # (m,)

    def at(self, place: int) -> Match:
        return self.at_all([place])[0]

    def at_all(self, places: Sequence[int] | NDArray[np.integer]) -> list[Match]:
        arrays = (self.rows, self.ranks, self.levels, self.same)
        return [Match(*one) for one in zip(*(array[places].tolist() for array in arrays), strict=True)]


class Neighborhood:
    """Finds what is near each work of a collection."""

    def __init__(self, collection: Collection, analogies: Analogies) -> None:
        self.collection, self.analogies, self.scale = collection, analogies, Scale(analogies)
        self.pictures = np.unique([work.picture.digest for work in collection.works], return_inverse=True)[1]
        pins = zip(collection.pins, closeness.encode(analogies.pinned), strict=True)
        self._pinned = {pair: code for pin, code in pins for pair in ((pin.one, pin.other), (pin.other, pin.one))}

    def of(self, row: int) -> Nearby:
        """Return the neighbors of a work in one order: the exact merge of the lists of all cells."""
        rows, cosine = self.analogies.rows[row].ravel(), self.analogies.similarity[row].ravel()
        there = rows >= 0
        rows, cosine = rows[there], cosine[there]
        order = np.lexsort((rows, -cosine))
        rows, codes = rows[order], closeness.encode(cosine[order])
        ranks = self.scale.ranks(codes)
        return Nearby(
            rows=rows,
            codes=codes,
            ranks=ranks,
            levels=self.scale.levels(ranks),
            same=(codes >= closeness.SAME) | (self.pictures[rows] == self.pictures[row]),
        )

    def across(self, row: int, near: Nearby, facet: int) -> list[Match]:
        """Return the best analog in each other value of a facet, best first; the same picture again is none."""
        labels = self.collection.labels[:, facet]
        places = np.flatnonzero(~near.same & (labels[near.rows] != labels[row]))
        return near.at_all(np.sort(_first(labels[near.rows[places]], places)))

    def everywhere(self, near: Nearby) -> list[Match]:
        """Return the best of every cell, in the cells' order; the same picture again is marked and not left out."""
        return near.at_all(_first(self.collection.cell_of[near.rows], np.arange(len(near.rows))))

    def pair(self, one: int, other: int) -> Match | None:
        """Return how near `other` is to `one`; None where it is beyond the nearest of its cell, and not pinned."""
        near = self.of(one)
        places = np.flatnonzero(near.rows == other)
        if len(places):
            return near.at(int(places[0]))
        return self._match(one, other, self._pinned[one, other]) if (one, other) in self._pinned else None

    def _match(self, one: int, other: int, code: np.uint16) -> Match:
        rank = self.scale.ranks(np.array([code]))
        same = code >= closeness.SAME or self.pictures[one] == self.pictures[other]
        return Match(other, int(rank[0]), int(self.scale.levels(rank)[0]), bool(same))


def _first(keys: NDArray[np.integer], places: NDArray[np.integer]) -> NDArray[np.integer]:
    """Return the first of the places, (m,), with each key, in the order of the keys, (m,), which are small whole numbers."""
    first = np.full(keys.max(initial=-1) + 1, -1)
    first[keys[::-1]] = places[::-1]  # of several for one key the last one written stays
    return first[first >= 0]
