"""Kernels of the brute-force scan: all of BruteForce, and how Tree answers where few rows are allowed."""

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import LIMIT
from generator.condtree.jit import kernel
from generator.condtree.kernels import (
    FLUSH,
    U32,
    Keys,
    Vector,
    beyond,
    distance,
    insert,
    key_of,
    reach_of,
    row_of,
    score_of,
    screen_square,
)

GREATEST = np.int32(np.float32(LIMIT).view(np.int32))
NOBODY = np.empty(0, np.int32)  # for exclude: no query has a row that it must not find


Spans = NDArray[np.int32]  # (s, 2) first and one-past-last place of each run of points


@kernel
def count_of(spans: Spans) -> int:
    """Return how many places some spans hold."""
    n = 0
    for j in range(spans.shape[0]):
        n += spans[j, 1] - spans[j, 0]
    return n


@kernel
def screen(points: NDArray[np.float32], spans: Spans, vector: Vector, squares: NDArray[np.float32]) -> None:
    """Write the float32 squared distances of all points of some spans to squares."""
    i = 0
    for j in range(spans.shape[0]):
        for place in range(spans[j, 0], spans[j, 1]):
            squares[i] = screen_square(vector, points[place])
            i += 1


@kernel
def least_of(squares: NDArray[np.float32], least: NDArray[np.float32]) -> None:
    """Write to least, falling, the least len(least) of some squares, inf where there are fewer."""
    least[:] = np.inf
    for square in squares:
        if square < least[0]:
            j = 0
            while j + 1 < least.shape[0] and square < least[j + 1]:
                least[j] = least[j + 1]
                j += 1
            least[j] = square


@kernel
def fit(vectors: NDArray[np.float32]) -> bool:
    """Return (abs(vectors) <= LIMIT).all(); the bits of a float32 without its sign rise with it, up to inf and NaN."""
    most = np.int32(0)
    for vector in vectors.view(np.int32):
        for bits in vector:
            most = max(most, bits & np.int32(0x7FFFFFFF))
    return bool(most <= GREATEST)


@kernel
def scan(
    points: NDArray[np.float32],
    rows: NDArray[np.int32],
    spans: Spans,
    vector: Vector,
    exclude: np.int32,
    squares: NDArray[np.float32],
    keys: Keys,
) -> None:
    """Offer all points of some spans to the list of a query. See "Screen"."""
    d, k = points.shape[1], keys.shape[0]
    error = 1.01 * U32 * (d + 4)
    reach = np.inf
    squares[:] = 0.0
    if squares.shape[0] > k:
        screen(points, spans, vector, squares)
        least = np.empty(k + 1, np.float32)  # one more, as one may be excluded
        least_of(squares, least)
        reach = reach_of(np.sqrt((np.float64(least[0]) + d * FLUSH) * (1.0 + 4.0 * error)))
    i = 0
    for j in range(spans.shape[0]):
        for place in range(spans[j, 0], spans[j, 1]):
            if (np.float64(squares[i]) - d * FLUSH) / (1.0 + error) <= reach and rows[place] != exclude:
                insert(keys, key_of(-distance(vector, points[place]), rows[place]))
                reach = min(reach, beyond(keys))
            i += 1


@kernel
def write_list(keys: Keys, rows: NDArray[np.int32], distances: NDArray[np.float32]) -> None:
    """Write the rows and distances of a list of negative distances."""
    for j in range(keys.shape[0]):
        rows[j] = row_of(keys[j])
        distances[j] = -score_of(keys[j])


@kernel
def scan_queries(
    points: NDArray[np.float32],
    rows: NDArray[np.int32],
    spans: Spans,
    vectors: NDArray[np.float32],
    exclude: NDArray[np.int32],
    out_rows: NDArray[np.int32],
    out_distances: NDArray[np.float32],
) -> bool:
    """Fill in the lists of all queries from the points of some spans; exclude may be empty. False if vectors do not fit."""
    if not fit(vectors):
        return False
    keys = np.empty(out_rows.shape[1], np.int64)
    squares = np.empty(count_of(spans), np.float32)
    for query in range(vectors.shape[0]):
        keys[:] = key_of(-np.inf, -1)
        excluded = exclude[query] if exclude.shape[0] else np.int32(-1)
        scan(points, rows, spans, vectors[query], excluded, squares, keys)
        write_list(keys, out_rows[query], out_distances[query])
    return True
