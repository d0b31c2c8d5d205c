"""Kernels of a tile of nearest_per_cell: multiply, shortlist, ask, answer, finish. per_cell.py proves them exact.

A tile is what one block of points says about another. Its arrays:

    coarse   (r, s) int32    products of the rounded points of two blocks, candidates down, queries across
    keys     (g, s / LANES, kept, LANES) int32    for each of g cells and each query the best candidates, best first:
                             the coarse product with its low bits replaced by the candidate's place in its block
    score    (r, s) float32  ASKED where the score of a pair is wanted, then the score
"""

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import Care, Limits
from generator.condtree.jit import Int, kernel, reordered
from generator.condtree.kernels import Vector, inner, inner_error, insert, key_of, row_of, score_of
from generator.condtree.simd import (
    EMPTY,
    LANES,
    PANEL,
    ROWS,
    STRIPE,
    careful_inner_1,
    careful_inner_4,
    equal_lanes,
    lowest_bit,
    multiply_panel,
    sort_span_8,
    sort_span_16,
    sort_span_32,
    transpose_block,
)

ASKED = np.float32(np.inf)  # no score is infinite
ASKED_BITS = np.int32(0x7F800000)
NEAR = 64  # candidates that stay in a processor's own cache while all queries of a tile pass by


@kernel
def pack(
    points: NDArray[np.float32], rows: NDArray[np.int32], scale: float, panels: NDArray[np.int32], first: int
) -> float:
    """Put points * scale, rounded, into panels from first on; return the greatest squares of what rounding left.

    panels (panels, pairs, PANEL) int32: the coordinates 2 s and 2 s + 1 of point p are the low and the high half of
    panels[p // PANEL, s, p % PANEL]. Returns max ||x scale - q||^2 in float64, each an upper bound.
    """
    d = points.shape[1]
    worst = 0.0
    for i in range(rows.shape[0]):
        rest, point = 0.0, points[rows[i]]
        panel, lane = (first + i) // PANEL, (first + i) % PANEL
        for s in range((d + 1) // 2):
            low = np.float64(point[2 * s]) * scale
            high = np.float64(point[2 * s + 1]) * scale if 2 * s + 1 < d else 0.0
            low_rounded, high_rounded = np.rint(low), np.rint(high)
            rest += (low - low_rounded) ** 2 + (high - high_rounded) ** 2
            panels[panel, s, lane] = (np.int32(high_rounded) << 16) | (np.int32(low_rounded) & 0xFFFF)
        worst = max(worst, rest)
    return worst


@kernel
def multiply(panels: NDArray[np.int32], first: int, begin: int, coarse: NDArray[np.int32]) -> None:
    """Fill coarse with the products of the points from panel first on with those from panel begin on."""
    steps, stride = panels.shape[1], 4 * coarse.shape[1]
    for i in range(coarse.shape[0] // PANEL):
        for j in range(coarse.shape[1] // PANEL):
            right = panels[begin + j].ctypes.data
            for r in range(PANEL // ROWS):
                left = panels[first + i].ctypes.data + 4 * ROWS * r
                out = coarse[i * PANEL + r * ROWS, j * PANEL :].ctypes.data
                multiply_panel(left, right, steps, out, stride)


@kernel
def transpose(coarse: NDArray[np.int32], turned: NDArray[np.int32]) -> None:
    """Write coarse.T into turned; both sides are multiples of LANES."""
    stride, turned_stride = 4 * coarse.shape[1], 4 * turned.shape[1]
    for i in range(0, coarse.shape[0], LANES):
        for j in range(0, coarse.shape[1], LANES):
            transpose_block(coarse[i, j:].ctypes.data, stride, turned[j, i:].ctypes.data, turned_stride)


@kernel
def shortlist(coarse: NDArray[np.int32], spans: NDArray[np.int32], low: np.int32, keys: NDArray[np.int32]) -> None:
    """Fill keys with the best candidates of each span (of one cell) for every query; low bits are given to places."""
    kept, stride = keys.shape[2], 4 * coarse.shape[1]
    for cell in range(spans.shape[0]):
        first, past = np.int64(spans[cell, 0]), np.int64(spans[cell, 1])
        for chunk in range(keys.shape[1]):
            best, values = keys[cell, chunk].ctypes.data, coarse.ctypes.data + 4 * LANES * chunk
            if kept == 8:
                sort_span_8(best, values, stride, first, past, low)
            elif kept == 16:
                sort_span_16(best, values, stride, first, past, low)
            else:
                sort_span_32(best, values, stride, first, past, low)


@kernel
def ask(
    coarse: NDArray[np.int32],
    keys: NDArray[np.int32],
    spans: NDArray[np.int32],
    query_rows: NDArray[np.int32],
    similarity: NDArray[np.float32],
    limits: Limits,
    score: NDArray[np.float32],
) -> None:
    """Shorten every list to the candidates that could be among the best k, and mark these pairs in score.

    Where more candidates than kept could be, the first key becomes
    EMPTY and every one of them is marked. See "Contenders".
    """
    kept, k = keys.shape[2], similarity.shape[2]
    low, error = limits.low, limits.error
    none = EMPTY + low
    for cell in range(spans.shape[0]):
        first, past, name, shared = spans[cell]
        for query in range(query_rows.shape[0]):
            chunk, lane = query // LANES, query % LANES
            cut = -np.inf
            if shared and similarity[query_rows[query], name, k - 1] > -np.inf:
                cut = np.float64(similarity[query_rows[query], name, k - 1]) * limits.square - error - low
            if k <= kept and keys[cell, chunk, k - 1, lane] > none:
                cut = max(cut, np.float64(keys[cell, chunk, k - 1, lane]) - 2.0 * (error + low))
            if past - first > kept and keys[cell, chunk, kept - 1, lane] >= cut:
                keys[cell, chunk, 0, lane] = EMPTY
                for place in range(first, past):
                    if coarse[place, query] >= cut and coarse[place, query] != EMPTY:
                        score[place, query] = ASKED
                continue
            for j in range(kept):
                key = keys[cell, chunk, j, lane]
                if key <= none or key < cut:
                    keys[cell, chunk, j, lane] = EMPTY
                    break
                score[key & low, query] = ASKED


@reordered
def quick_inner(x: Vector, y: Vector) -> float:
    """Return (x * y).sum() in float64, in any order."""
    total = 0.0
    for j in range(x.shape[0]):
        total += np.float64(x[j]) * np.float64(y[j])
    return total


@kernel
def settle(points: NDArray[np.float32], x: Int, y: Int, norms: float) -> np.float32:
    """Return the score of points x and y, whose careful product does not tell how it is rounded."""
    return inner(quick_inner(points[x], points[y]), inner_error(points.shape[1], norms), points, x, y)


@kernel
def list_asked(score: NDArray[np.float32], places: NDArray[np.int16], start: NDArray[np.int32]) -> None:
    """Write to places[start[i]] .. places[start[i + 1] - 1] where row i of score is ASKED."""
    found, stride = 0, score.shape[1]
    for i in range(score.shape[0]):
        start[i] = found
        for j in range(0, stride, LANES):
            bits = equal_lanes(score.ctypes.data + 4 * (i * stride + j), ASKED_BITS)
            if stride - j < LANES:
                bits &= (1 << (stride - j)) - 1  # the rest belongs to the next row
            while bits:
                places[found] = j + lowest_bit(bits)
                bits &= bits - 1
                found += 1
    start[score.shape[0]] = found


@kernel
def answer(
    points: NDArray[np.float32],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    care: Care,
    score: NDArray[np.float32],
    room: NDArray[np.float32],
) -> None:
    """Replace every ASKED in score (r, s) by the score of point left[i] with point right[j].

    room (NEAR + 1, d or more) float32 is zero beyond d.
    """
    sigma, error, norms = care
    d, n, past, width = points.shape[1], left.shape[0], right.shape[0], room.shape[1]
    places, start, four, sums = (
        np.empty(n * past, np.int16),
        np.empty(n + 1, np.int32),
        np.empty(4, np.int16),
        np.empty(4),
    )
    list_asked(score, places, start)
    done, where, out, table = start.copy(), four.ctypes.data, sums.ctypes.data, room.ctypes.data
    for near in range(0, past, NEAR):
        for j in range(near, min(near + NEAR, past)):
            room[j - near, :d] = points[right[j]]
        for i in range(n):
            j, query = done[i], points.ctypes.data + 4 * d * np.int64(left[i])
            if d < width and j < start[i + 1]:
                room[NEAR, :d] = points[left[i]]
                query = table + 4 * width * NEAR
            while j < start[i + 1] and places[j] < near + NEAR:
                some = 0
                while some < 4 and j + some < start[i + 1] and places[j + some] < near + NEAR:
                    for s in range(some, 4):  # what is missing is computed in vain
                        four[s] = places[j + some] - near
                    some += 1
                if some > 2:
                    careful_inner_4(query, table, where, width // STRIPE, out, sigma)
                else:
                    some, four[0] = 1, places[j] - near
                    careful_inner_1(query, table, where, width // STRIPE, out, sigma)
                for s in range(some):
                    place = places[j + s]
                    rounded = np.float32(sums[s] - error)
                    if rounded != np.float32(sums[s] + error):
                        rounded = settle(points, left[i], right[place], norms)
                    score[i, place] = rounded + np.float32(0)  # never -0
                j += some
            done[i] = j


@kernel
def reach(points: NDArray[np.float32]) -> tuple[float, float, float]:
    """Return the greatest length of a point and of a stripe of one, squared and rounded up, and the greatest coordinate.

    A stripe is every STRIPE-th coordinate.
    """
    longest, widest, greatest, stripes = 0.0, 0.0, np.float32(0), np.empty(STRIPE)
    for i in range(points.shape[0]):
        stripes[:] = 0.0
        for j in range(points.shape[1]):
            stripes[j % STRIPE] += np.float64(points[i, j]) ** 2
            greatest = max(greatest, abs(points[i, j]))
        longest, widest = max(longest, stripes.sum()), max(widest, stripes.max())
    growth = 1.0 + 2.0**-52 * (points.shape[1] + 8)
    return longest * growth, widest * growth, np.float64(greatest)


@kernel
def finish(
    score: NDArray[np.float32],
    keys: NDArray[np.int32],
    low: np.int32,
    spans: NDArray[np.int32],
    query_rows: NDArray[np.int32],
    candidate_rows: NDArray[np.int32],
    rows: NDArray[np.int32],
    similarity: NDArray[np.float32],
) -> None:
    """Write the lists of all queries: of a shared cell's, the best of what is there and what is new.

    low are the bits of a key that hold a candidate's place.
    """
    best = np.empty(rows.shape[2], np.int64)
    for query in range(query_rows.shape[0]):
        chunk, lane, row = query // LANES, query % LANES, query_rows[query]
        for cell in range(spans.shape[0]):
            first, past, name, shared = spans[cell]
            best[:] = key_of(-np.inf, -1)
            if shared:
                for j in range(best.shape[0]):
                    best[j] = key_of(similarity[row, name, j], rows[row, name, j])
            if keys[cell, chunk, 0, lane] == EMPTY:
                for place in range(first, past):
                    if not np.isnan(score[place, query]):
                        insert(best, key_of(score[place, query], candidate_rows[place]))
            else:
                for j in range(keys.shape[2]):
                    key = keys[cell, chunk, j, lane]
                    if key == EMPTY:
                        break
                    place = key & low
                    insert(best, key_of(score[place, query], candidate_rows[place]))
            for j in range(best.shape[0]):
                rows[row, name, j] = row_of(best[j])
                similarity[row, name, j] = score_of(best[j])
