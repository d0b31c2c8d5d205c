"""The map in words, for those who do not see it and where scripts do not run: its areas and the works of each.

An area is a rectangle of the map, and all have about as many works; most that follow each other are neighbors.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.core.findings import Analogies, Layout, MapArea, Pairs
from generator.core.model import Collection

MOST = 24  # areas of a map
LEAST = 20  # works of an area, about
NEAREST = 8  # of every work of an area, those that count for what is typical of it


def find(collection: Collection, analogies: Analogies, layout: Layout) -> tuple[MapArea, ...]:
    """Return the areas of a map, in an order in which most that follow each other touch."""
    rows = np.arange(len(layout.fields))
    count = max(1, min(MOST, len(rows) // LEAST))
    return tuple(_area(part, layout, collection, analogies) for part in divided(layout.fields, rows, count))


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


def _area(rows: NDArray[np.int64], layout: Layout, collection: Collection, analogies: Analogies) -> MapArea:
    fields = layout.fields[rows]
    (left, top), (right, bottom) = fields.min(axis=0).tolist(), (fields.max(axis=0) + 1).tolist()
    return MapArea(
        rows=tuple(ordered(layout.fields, rows).tolist()),
        box=(left, top, right, bottom),
        typical=_typical(np.sort(rows), collection, analogies),
        common=_common(rows, collection),
    )


def _common(rows: NDArray[np.int64], collection: Collection) -> Pairs:
    """Return for each facet the value that most of the works have, the lowest of several, and how many have it."""
    counted = (np.bincount(labels) for labels in collection.labels[rows].T)
    return tuple((int(counts.argmax()), int(counts.max())) for counts in counted)


def _typical(rows: NDArray[np.int64], collection: Collection, analogies: Analogies) -> int:
    """Return the row that is most often among the nearest of others; without a content note where one is."""
    near = analogies.similarity[rows].reshape(len(rows), -1)
    most = min(NEAREST, near.shape[1])
    places = np.argpartition(-near, most - 1, axis=1)[:, :most]
    named = np.take_along_axis(analogies.rows[rows].reshape(len(rows), -1), places, axis=1)
    plain: Sequence[int] = [row for row in rows.tolist() if not collection.works[row].content_note] or rows.tolist()
    votes = np.bincount(named[named >= 0], minlength=len(collection.works))
    return max(plain, key=lambda row: (votes[row], -row))
