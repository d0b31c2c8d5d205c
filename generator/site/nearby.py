"""Analogies -> what one work's page needs: its neighbors in one exact order, the best of every value and cell.

m neighbors of one work: all of its cells' lists, joined
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.model import Analogies, Collection
from generator.site import closeness
from generator.site.closeness import Scale


@dataclass(frozen=True, slots=True)
class Match:
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
        level = int(self.levels[place])
        return Match(int(self.rows[place]), int(self.ranks[place]), level, bool(self.same[place]))


class Neighborhood:
    """Finds what is near each work of a collection."""

    def __init__(self, collection: Collection, analogies: Analogies) -> None:
        self.collection, self.analogies, self.scale = collection, analogies, Scale(analogies)
        self.pictures = np.unique([work.picture.digest for work in collection.works], return_inverse=True)[1]

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
        first = np.unique(labels[near.rows[places]], return_index=True)[1]
        return [near.at(place) for place in places[np.sort(first)]]

    def everywhere(self, near: Nearby) -> list[Match]:
        """Return the best of every cell, in the cells' order; the same picture again is marked and not left out."""
        first = np.unique(self.collection.cell_of[near.rows], return_index=True)[1]
        return [near.at(place) for place in first]

    def pair(self, one: int, other: int) -> Match | None:
        """Return how near `other` is to `one`; None where it is beyond the nearest of its cell."""
        near = self.of(one)
        places = np.flatnonzero(near.rows == other)
        return near.at(int(places[0])) if len(places) else None
