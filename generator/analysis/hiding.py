"""Lists of the nearest works without what a curator hides, exact for all that is left.

A list of a work and a cell that holds a hidden work is made anew from all works of that cell that are not hidden from
it; every other list is right as it is. Scores are those of condtree, to the bit: float64 sums in the order of the
coordinates, rounded once.

    n works, c cells, k neighbors
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Rule = tuple[Rows, Rows]  # works that are hidden from some others, and these from them
PART = 1024  # works whose lists are looked through at once


def without(
    rows: Rows, similarity: NDArray[np.float32], vectors: NDArray[np.float32], cell_of: Rows, rules: Sequence[Rule]
) -> tuple[Rows, NDArray[np.float32]]:
    """Return the nearest k of every cell (n, c, k) without hidden works; -1 fills up where a cell has fewer left."""
    rows, similarity = rows.copy(), similarity.copy()
    starts = np.searchsorted(cell_of, np.arange(rows.shape[1] + 1))
    away = [(_mask(rule[side], len(rows)), _mask(rule[1 - side], len(rows))) for rule in rules for side in (0, 1)]
    broken = {place for sources, targets in away for place in _broken(rows, sources, targets)}
    for row, cell in sorted(broken):
        members = np.arange(starts[cell], starts[cell + 1], dtype=np.int32)
        barred = np.logical_or.reduce([targets[members] for sources, targets in away if sources[row]])
        members = members[~barred & (members != row)]
        score = cosines(vectors, row, members)
        order = np.lexsort((members, -score))[: rows.shape[2]]
        rows[row, cell], similarity[row, cell] = -1, -np.inf
        rows[row, cell, : len(order)], similarity[row, cell, : len(order)] = members[order], score[order]
    return rows, similarity


def _mask(rows: Rows, n: int) -> NDArray[np.bool_]:
    mask = np.zeros(n, bool)
    mask[rows] = True
    return mask


def _broken(rows: Rows, sources: NDArray[np.bool_], targets: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the work and cell of every list of the sources that holds a target."""
    mine = np.flatnonzero(sources)
    for start in range(0, len(mine), PART):
        part = mine[start : start + PART]
        held = rows[part]
        found, cells = np.nonzero((targets[held] & (held >= 0)).any(axis=2))
        yield from zip(part[found].tolist(), cells.tolist(), strict=True)


def cosines(vectors: NDArray[np.float32], row: int, others: NDArray[np.integer]) -> NDArray[np.float32]:
    """Return the scores of one work with some others."""
    if not len(others):
        return np.empty(0, np.float32)
    products = vectors[others].astype(np.float64) * vectors[row].astype(np.float64)
    # accumulate adds strictly in order; sum() would add in pairs.
    return np.add.accumulate(products, axis=1)[:, -1].astype(np.float32)
