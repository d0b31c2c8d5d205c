"""Nearest neighbors per cell: the nearest k of every cell for every row, and any wider condition merged from cells.

**The pass.** The points, ordered by cell, are cut into blocks of whole cells; a cell too large for a block has several.
A tile is a pair of blocks, and what it finds is used both ways: x.y tells about y for x and about x for y. In a tile:

    multiply    coarse products of all pairs, exact sums of rounded points in int32 (error_bounds.py)
    shortlist   for every query and every cell, the best of these: a few more than k, sorted in registers
    ask         which of them can be among the best k at all, for certain; mark these pairs
    answer      the score of every marked pair, once for both sides, to the last bit
    finish      the list of every query and cell, written once

So each of the n^2 / 2 pairs costs one cheap product and a place in two sorts; an exact score is found for hardly more
than the pairs that are in the result. No list is read again unless its cell has several blocks.

**Contenders** (ask). Let e be the error in Limits, s^2 its square, and low the bits of a key that hold a place; a key
is at most low above and at most low below the product it stands for. If at least k candidates have keys >= b, then
each of their scores times s^2 is >= b - low - e. A candidate whose key is < b - 2 (low + e) has
s^2 score < b - low - e: less than k others, so it is not among the best k, not even by a tie. The same holds of the
k-th score t that a list already has: a key < s^2 t - e - low means s^2 score < s^2 t. If even the last key that was kept
is not that low, some that were not kept may be contenders; then all candidates of the cell are looked at.

**Order.** A list is the best k by (score, row), whatever the order in which tiles come, because scores are those of the
package's docstring, to the bit. So threads, blocks and the way products are computed do not show.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, local
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import (
    Merged,
    PerCell,
    checked_count,
    checked_labels,
    checked_points,
    chosen_labels,
    frozen,
)
from generator.condtree.batching import processors
from generator.condtree.error_bounds import Coarse, Integers, care_of, extent_of, limits_of, scale_of
from generator.condtree.kernels import merge_cells
from generator.condtree.simd import EMPTY, LANES, PANEL, STRIPE
from generator.condtree.tile_kernels import NEAR, answer, ask, finish, shortlist, transpose

BLOCK = 480  # points of a block, so that the arrays of a tile stay in a processor's caches
LARGEST = 2**14  # most points of a block: a place in one fits the low bits of a key, and int16
GROUP = 4  # blocks whose tiles with as many others follow each other, so that they are not fetched from memory again
CELLS = 256  # most cells of a block: their lists are kept while a tile is worked on
KEPT = {5: 8, 12: 16}  # up to this k, so many candidates are kept in registers; beyond, 32


class Block(NamedTuple):
    """Consecutive points in the order of cells: some whole cells, or a part of one."""

    rows: NDArray[np.int32]  # (r,) the caller's rows
    spans: NDArray[np.int32]  # (g, 4) first and one-past-last point of each cell, the cell, whether it has other parts


class Tile(NamedTuple):
    """Room for what one thread works on."""

    coarse: NDArray[np.int32]  # (r * s,)
    turned: NDArray[np.int32]  # (r * s + LANES,) coarse transposed, then the scores
    points: NDArray[np.float32]  # (NEAR + 1, d or more), zero beyond d


def nearest_per_cell(
    points: NDArray[np.float32],
    cell_of: NDArray[np.int32],
    k: int,
    *,
    cells: int,
    block: int = BLOCK,
    threads: int | None = None,
    coarse: Coarse | None = None,
    advance: Callable[[int], None] = lambda rows: None,
) -> PerCell:
    """points (n, d) float32, cell_of (n,) int32 -> for every row the k nearest rows of every cell, (n, c, k), but itself.

    Nearest are those with the greatest inner product; cell_of is in 0 .. cells - 1. For rows of length 1 the product is
    the cosine similarity, and the order that of Euclidean distance. Equal similarities go to the lower row.
    Beside points and result, memory is needed for the points as int16 and, per thread, for a few blocks.
    coarse says who multiplies (Integers by default); advance is told of rows as they are done.
    Raises ValueError for points that are not finite or cells out of range.
    """
    points, k, block = checked_points(points), checked_count(k), checked_count(block, "block")
    if block > LARGEST:
        raise ValueError(f"block must be at most {LARGEST}, not {block}")
    cell_of = checked_labels(cell_of, len(points), "cell_of")
    if len(cell_of) and (cell_of.min() < 0 or cell_of.max() >= cells):
        raise ValueError(f"cell_of must be in 0 .. {cells - 1}, the {cells} cells")
    blocks = blocks_of(cell_of, cells, block)
    rows = np.empty((len(points), cells, k), np.int32)
    similarity = np.empty((len(points), cells, k), np.float32)
    whole = {int(cell) for b in blocks for _, _, cell, shared in b.spans if not shared}
    for cell in set(range(cells)) - whole:  # the lists of the others are written once, without a look
        rows[:, cell], similarity[:, cell] = -1, -np.inf
    work = Pass(points, blocks, coarse or Integers(), rows, similarity)
    pairs = [(a, b) for a in range(len(blocks)) for b in range(a, len(blocks))]
    pairs.sort(key=lambda pair: (pair[0] // GROUP, pair[1] // GROUP, pair))
    with ThreadPoolExecutor(min(threads or processors(), max(1, len(pairs)))) as pool:
        for done, _ in enumerate(pool.map(lambda pair: work.tile(*pair), pairs)):
            advance(len(points) * (done + 1) // len(pairs) - len(points) * done // len(pairs))
    return PerCell(rows=rows, similarity=similarity)


class Pass:
    """The state of one pass over all tiles."""

    def __init__(
        self,
        points: NDArray[np.float32],
        blocks: list[Block],
        coarse: Coarse,
        rows: NDArray[np.int32],
        similarity: NDArray[np.float32],
    ) -> None:
        self.points, self.blocks, self.coarse, self.rows, self.similarity = points, blocks, coarse, rows, similarity
        self.kept = next((kept for k, kept in KEPT.items() if rows.shape[2] <= k), 32)
        self.longest = max((len(b.rows) for b in blocks), default=0)
        extent, d = extent_of(points), points.shape[1]
        scale = scale_of(extent, d)
        error = coarse.prepare(points, [b.rows for b in blocks], scale)
        self.limits, self.care = limits_of(error, scale, extent, self.longest), care_of(extent, d)
        self.locks = [Lock() for _ in blocks]  # of the lists of the queries of a block
        self.rooms = local()

    def room(self) -> Tile:
        """Return the room of this thread."""
        if not hasattr(self.rooms, "tile"):
            side, width = padded(self.longest, PANEL), padded(self.points.shape[1], STRIPE)
            self.rooms.tile = Tile(
                np.empty(side * side, np.int32),
                np.empty(side * side + LANES, np.int32),
                np.zeros((NEAR + 1, width), np.float32),
            )
        tile: Tile = self.rooms.tile
        return tile

    def tile(self, a: int, b: int) -> None:
        """Work on one pair of blocks."""
        room, left, right = self.room(), self.blocks[a].rows, self.blocks[b].rows
        r, s = padded(len(left), PANEL), padded(len(right), PANEL)
        coarse, turned = room.coarse[: r * s].reshape(r, s), room.turned[: r * s].reshape(s, r)
        self.coarse.fill(a, b, coarse)
        if a == b:
            np.fill_diagonal(coarse, EMPTY)  # nothing is its own neighbor
        down = self.keys(coarse, a)
        if a != b:
            transpose(coarse, turned)
            across = self.keys(turned, b)
        products = coarse[: len(left), : len(right)]
        room.turned[: len(left) * len(right) + LANES] = -1  # a NaN: nothing is asked
        score = room.turned[: len(left) * len(right)].view(np.float32).reshape(len(left), len(right))
        with self.locks[b]:
            ask(products, down, self.blocks[a].spans, right, self.similarity, self.limits, score)
        if a != b:
            with self.locks[a]:
                ask(products.T, across, self.blocks[b].spans, left, self.similarity, self.limits, score.T)
        answer(self.points, left, right, self.care, score, room.points)
        with self.locks[b]:
            finish(score, down, self.limits.low, self.blocks[a].spans, right, left, self.rows, self.similarity)
        if a != b:
            with self.locks[a]:
                finish(score.T, across, self.limits.low, self.blocks[b].spans, left, right, self.rows, self.similarity)

    def keys(self, coarse: NDArray[np.int32], candidates: int) -> NDArray[np.int32]:
        """Return the best keys of every cell of a block of candidates for every query; see tile_kernels.py."""
        spans = self.blocks[candidates].spans
        keys = np.empty((len(spans), coarse.shape[1] // LANES, self.kept, LANES), np.int32)
        shortlist(coarse, spans, self.limits.low, keys)
        return keys


def padded(count: int, multiple: int) -> int:
    """Return the least multiple that is no less than a count."""
    return -(-count // multiple) * multiple


def blocks_of(cell_of: NDArray[np.int32], cells: int, block: int) -> list[Block]:
    """Return the points in the order of their cells, then rows, cut into blocks."""
    order = frozen(np.argsort(cell_of, kind="stable"), np.int32)
    start = np.searchsorted(cell_of[order], np.arange(cells + 1)).tolist()
    blocks: list[Block] = []
    spans: list[tuple[int, int, int, int]] = []
    first = 0

    def close(past: int) -> None:
        nonlocal spans, first
        if spans:
            blocks.append(Block(order[first:past], frozen(spans, np.int32)))
        spans, first = [], past

    for cell in range(cells):
        begin, end = start[cell], start[cell + 1]
        if end - first > block or len(spans) == CELLS:
            close(begin)
        parts = max(1, -(-(end - begin) // block))
        for part in range(parts):
            past = begin + (end - begin) * (part + 1) // parts
            low = begin + (end - begin) * part // parts
            if past > low:
                spans.append((low - first, past - first, cell, int(parts > 1)))
            if parts > 1:
                close(past)
    close(len(order))
    return blocks


def merge(
    rows: NDArray[np.int32], similarity: NDArray[np.float32], allowed: Iterable[int] | NDArray[Any], k: int
) -> Merged:
    """rows (n, c, K) int32, similarity (n, c, K) float32 -> for every row the k most similar of all allowed cells, (n, k).

    Rows and similarity are those of a PerCell, allowed are indices of cells or a mask over them. Exact because cells share no row: whoever is among the best k
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
