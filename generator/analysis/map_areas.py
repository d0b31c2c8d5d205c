"""The map in words, for those who do not see it and where scripts do not run: its districts and the works of each.

A district is a rectangle of the map, and all have about as many works; most that follow each other are neighbors.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.core.model import Analogies, Collection, Layout

MOST = 24  # districts of a map
LEAST = 20  # works of a district, about
NEAREST = 8  # of every work of a district, those that count for what is typical of it

Box = tuple[int, int, int, int]  # first column and row, and one past the last


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """A part of the map."""

    rows: tuple[int, ...]  # of the works, in order
    box: Box  # the fields they lie in
    typical: int  # the row of a work that stands for it

    def common(self, collection: Collection) -> list[tuple[str, int]]:
        """Return for each facet the value that most works of the district have, and how many have it."""
        labels = collection.labels[list(self.rows)].T.tolist()
        counted = [min(Counter(column).items(), key=lambda one: (-one[1], one[0])) for column in labels]
        return [(facet.values[value], count) for facet, (value, count) in zip(collection.facets, counted, strict=True)]


def find(layout: Layout, collection: Collection, analogies: Analogies) -> list[MapArea]:
    """Return the districts of a map, in an order in which most that follow each other touch."""
    rows = np.arange(len(layout.fields))
    count = max(1, min(MOST, len(rows) // LEAST))
    return [_district(part, layout, collection, analogies) for part in divided(layout.fields, rows, count)]


def divided(fields: NDArray[np.int32], rows: NDArray[np.int64], count: int) -> list[NDArray[np.int64]]:
    """Return the rows in so many rectangles, or fewer where rows are few, cut across the longer side each time."""
    if count < 2 or len(rows) < 2:
        return [rows]
    spans = np.ptp(fields[rows], axis=0)
    across = 0 if spans[0] >= spans[1] else 1
    order = rows[np.argsort(fields[rows, across], kind="stable")]
    first = count // 2
    lines = np.flatnonzero(np.diff(fields[order, across])) + 1  # a cut never divides a line of fields
    cut = lines[np.abs(lines - len(rows) * first / count).argmin()]
    return divided(fields, order[:cut], first) + divided(fields, order[cut:], count - first)


def ordered(fields: NDArray[np.int32], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows in an order in which most that follow each other are neighbors."""
    if len(rows) < 2:
        return rows
    return np.concatenate([ordered(fields, part) for part in divided(fields, rows, 2)])


def _district(rows: NDArray[np.int64], layout: Layout, collection: Collection, analogies: Analogies) -> MapArea:
    fields = layout.fields[rows]
    (left, top), (right, bottom) = fields.min(axis=0).tolist(), (fields.max(axis=0) + 1).tolist()
    return MapArea(
        rows=tuple(ordered(layout.fields, rows).tolist()),
        box=(left, top, right, bottom),
        typical=_typical(np.sort(rows), collection, analogies),
    )


def _typical(rows: NDArray[np.int64], collection: Collection, analogies: Analogies) -> int:
    """Return the row that is most often among the nearest of others; without a content note where one is."""
    near = analogies.similarity[rows].reshape(len(rows), -1)
    most = min(NEAREST, near.shape[1])
    places = np.argpartition(-near, most - 1, axis=1)[:, :most]
    named = np.take_along_axis(analogies.rows[rows].reshape(len(rows), -1), places, axis=1)
    plain: Sequence[int] = [row for row in rows.tolist() if not collection.works[row].content_note] or rows.tolist()
    votes = np.bincount(named[named >= 0], minlength=len(collection.works))
    return max(plain, key=lambda row: (votes[row], -row))
