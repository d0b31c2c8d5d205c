"""For every row the nearest k of every cell, in one blocked pass; and any wider condition merged from cells."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import (
    CellArrays,
    Merged,
    PerCell,
    checked_count,
    checked_labels,
    checked_points,
    chosen_labels,
    frozen,
)
from generator.condtree.kernels import merge_cells, select_cells
from generator.condtree.threads import slicing

BLOCK = 2000  # points of a block: two blocks and their products in float64, and no power of 2, which caches dislike


def nearest_per_cell(
    points: NDArray[np.float32], cell_of: NDArray[np.int32], k: int, *, cells: int,
    block: int = BLOCK, threads: int | None = None,
) -> PerCell:  # fmt: skip
    """Return for every row the k rows of every cell with the greatest inner product, itself left out.

    Points are float32 (n, d), cell_of (n,) is in 0 .. cells - 1. For rows of length 1 the inner product is
    the cosine similarity, and the order that of Euclidean distance. Equal similarities go to the lower row.
    Beside the points ordered by cell, memory is needed for two blocks of them and their products, in float64.
    Raises ValueError for points that are not finite or cells out of range.
    """
    points, k, block = checked_points(points), checked_count(k), checked_count(block, "block")
    arrays = order_by_cell(points, checked_labels(cell_of, len(points), "cell_of"), cells)
    rows = np.full((len(points), cells, k), -1, np.int32)
    similarity = np.full((len(points), cells, k), -np.inf, np.float32)
    with slicing(threads, block) as over_slices:
        for first, begin, products in blocks_of_products(arrays.points, block):
            over_slices(partial(_select, products, arrays, first, begin, rows, similarity), len(products))
            if first != begin:  # the same products, seen from the other side
                over_slices(partial(_select, products.T, arrays, begin, first, rows, similarity), products.shape[1])
    return PerCell(rows=rows, similarity=similarity)


def _select(
    products: NDArray[np.float64], arrays: CellArrays, first: int, begin: int,
    rows: NDArray[np.int32], similarity: NDArray[np.float32], low: int, high: int,
) -> None:  # fmt: skip
    select_cells(products[low:high], arrays, first + low, begin, rows, similarity)


def blocks_of_products(points: NDArray[np.float32], block: int) -> Iterator[tuple[int, int, NDArray[np.float64]]]:
    """Yield first, begin and the inner products of the block of points at first with that at begin, first <= begin.

    The products are overwritten by the next. Blocks rise so that every point, as a row of the products or as a column,
    meets all others in rising order.
    """
    room = np.empty(min(block, len(points)) ** 2)
    for first in range(0, len(points), block):
        left = points[first : first + block].astype(np.float64)
        for begin in range(first, len(points), block):
            right = left if begin == first else points[begin : begin + block].astype(np.float64)
            products = room[: len(left) * len(right)].reshape(len(left), len(right))
            yield first, begin, np.matmul(left, right.T, out=products)


def merge(
    rows: NDArray[np.int32], similarity: NDArray[np.float32], allowed: Iterable[int] | NDArray[Any], k: int
) -> Merged:
    """Return for every row the k most similar rows of all allowed cells (indices of cells, or a mask over them).

    rows and similarity (n, c, K) are those of a PerCell. Exact because cells share no row: whoever is among the best k
    of several cells is among the best k of its own. So k is at most K; raises ValueError beyond.
    """
    if rows.ndim != 3 or rows.shape != similarity.shape or rows.dtype != np.int32 or similarity.dtype != np.float32:
        raise ValueError("rows and similarity must be int32 and float32 of one shape (n, c, k)")
    if checked_count(k) > rows.shape[2]:
        raise ValueError(f"k is {k}, but the cells were asked for {rows.shape[2]}; more cannot be merged from them")
    chosen = chosen_labels(allowed)
    if len(chosen) and (chosen[0] < 0 or chosen[-1] >= rows.shape[1]):
        raise ValueError(f"allowed must be cells in 0 .. {rows.shape[1] - 1}")
    merged = np.full((len(rows), k), -1, np.int32)
    kept = np.full((len(rows), k), -np.inf, np.float32)
    merge_cells(frozen(rows), frozen(similarity), frozen(chosen, np.int64), merged, kept)
    return Merged(rows=merged, similarity=kept)


def order_by_cell(points: NDArray[np.float32], cell_of: NDArray[np.int32], cells: int) -> CellArrays:
    """Return the points ordered by cell, then row, with the greatest length in each cell."""
    if len(cell_of) and (cell_of.min() < 0 or cell_of.max() >= cells):
        raise ValueError(f"cell_of must be in 0 .. {cells - 1}, the {cells} cells")
    order = np.argsort(cell_of, kind="stable")
    start = np.searchsorted(cell_of[order], np.arange(cells + 1))
    inside = points if (order == np.arange(len(order))).all() else points[order]
    norm = lengths(inside)
    reach = np.zeros(cells)
    np.maximum.at(reach, cell_of[order], norm)
    return CellArrays(frozen(inside), frozen(order, np.int32), frozen(start, np.int32), frozen(norm), frozen(reach))


def lengths(points: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return a number no less than the length of every row: the rounded length, raised by more than its error."""
    squares = np.empty(len(points))
    for first in range(0, len(points), 4096):
        block = points[first : first + 4096].astype(np.float64)
        squares[first : first + 4096] = np.einsum("nd,nd->n", block, block)
    return np.sqrt(squares) * (1 + 2.0**-53 * (points.shape[1] + 8))
