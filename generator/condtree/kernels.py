"""Kernels that tree, scan and tiles share: scores, keys and heaps. The package's docstring proves them exact."""

import numpy as np
from numpy.typing import NDArray

from generator.condtree.jit import Int, Real, kernel, reordered

U32 = 2.0**-24
U64 = 2.0**-53
FLUSH = 2.0**-125  # what one product and one sum may lose at the bottom of the float32 range
SPACING = 2.0**-23  # relative distance of neighboring float32, so twice the greatest rounding
SMALLEST = 2.0**-149

Vector = NDArray[np.float32]  # (d,) one point or query
Keys = NDArray[np.int64]  # (k,) keys of key_of, falling: the list of a query


@reordered
def quick_square(x: Vector, y: Vector) -> float:
    """Return ((x - y) ** 2).sum() in float64, in any order."""
    total = 0.0
    for j in range(x.shape[0]):
        difference = np.float64(x[j]) - np.float64(y[j])
        total += difference * difference
    return total


@reordered
def screen_square(x: Vector, y: Vector) -> np.float32:
    """Return ((x - y) ** 2).sum() in float32, in any order."""
    total = np.float32(0)
    for j in range(x.shape[0]):
        difference = x[j] - y[j]
        total += difference * difference
    return total


@kernel
def inner_error(d: Int, norms: float) -> float:
    """Return no less than twice the float64 error of an inner product of d terms; norms is at least ||x|| ||y||."""
    return 2.01 * U64 * (d + 4) * norms


@kernel
def square_error(d: Int) -> float:
    """Return no less than twice the relative float64 error of a sum of d squares of differences."""
    return 2.01 * U64 * (d + 8)


@kernel
def inner(quick: float, error: float, points: NDArray[np.float32], x: Int, y: Int) -> np.float32:
    """Return the score of rows x and y: their inner product; quick is it summed in any order."""
    score = np.float32(quick - error)
    if score != np.float32(quick + error):
        total = 0.0
        for j in range(points.shape[1]):
            total += np.float64(points[x, j]) * np.float64(points[y, j])
        score = np.float32(total)
    return score + np.float32(0)  # never -0


@kernel
def distance(x: Vector, y: Vector) -> np.float32:
    """Return the score of two rows: ||x - y||."""
    quick = quick_square(x, y)
    error = square_error(x.shape[0]) * quick
    score = np.float32(np.sqrt(quick - error))
    if score != np.float32(np.sqrt(quick + error)):
        total = 0.0
        for j in range(x.shape[0]):
            difference = np.float64(x[j]) - np.float64(y[j])
            total += difference * difference
        score = np.float32(np.sqrt(total))
    return score


@kernel
def key_of(score: Real, row: Int) -> np.int64:
    """Return an integer that rises with the score and, where scores are equal, falls with the row.

    The bits of a float32 rise with it as an integer once those of the negative ones are turned over.
    """
    bits = np.int64(np.float32(score).view(np.int32))
    bits ^= (bits >> 31) & 0x7FFFFFFF
    return (bits << 32) | (~np.int64(row) & 0xFFFFFFFF)


@kernel
def score_of(key: np.int64) -> np.float32:
    """Return the score in a key."""
    bits = key >> 32
    return np.int32(bits ^ ((bits >> 31) & 0x7FFFFFFF)).view(np.float32)


@kernel
def row_of(key: np.int64) -> np.int32:
    """Return the row in a key."""
    return np.int32(~(key & 0xFFFFFFFF))


@kernel
def insert(keys: Keys, key: np.int64) -> None:
    """Put a key in its place in a falling list; the last one drops out."""
    # Every step does the same whatever the key: where it lands cannot be predicted, so a branch would cost more.
    for j in range(keys.shape[0]):
        kept = max(keys[j], key)
        key = min(keys[j], key)
        keys[j] = kept


@kernel
def merge_cells(
    rows: NDArray[np.int32],
    similarity: NDArray[np.float32],
    allowed: NDArray[np.int64],
    merged_rows: NDArray[np.int32],
    merged_similarity: NDArray[np.float32],
) -> None:
    """Join the lists of the allowed cells for every row. Lists fall, so each is left at its first row too late."""
    k = merged_rows.shape[1]
    keys = np.empty(k, np.int64)
    for i in range(rows.shape[0]):
        keys[:] = key_of(-np.inf, -1)
        for cell in allowed:
            for j in range(rows.shape[2]):
                key = key_of(similarity[i, cell, j], rows[i, cell, j])
                if key <= keys[k - 1]:
                    break
                insert(keys, key)
        for j in range(k):
            merged_rows[i, j] = row_of(keys[j])
            merged_similarity[i, j] = score_of(keys[j])


@kernel
def beyond(keys: Keys) -> float:
    """Return a squared distance beyond which every score is worse than the last of a list of negative distances."""
    return reach_of(-np.float64(score_of(keys[keys.shape[0] - 1])))


@kernel
def reach_of(distance: float) -> float:
    """Return a squared distance beyond which every score is worse than that of a distance."""
    distance += SPACING * distance + SMALLEST
    return distance * distance * (1.0 + 4.0 * U64)


@kernel
def push(bounds: NDArray[np.float64], nodes: NDArray[np.int32], size: int, bound: Real, node: Int) -> None:
    """Put a node into the heap of waiting nodes, least bound on top; it then holds size + 1."""
    i = size
    while i > 0 and bounds[(i - 1) // 2] > bound:
        bounds[i] = bounds[(i - 1) // 2]
        nodes[i] = nodes[(i - 1) // 2]
        i = (i - 1) // 2
    bounds[i] = bound
    nodes[i] = node


@kernel
def pop(bounds: NDArray[np.float64], nodes: NDArray[np.int32], size: int) -> None:
    """Take the top off the heap of waiting nodes; it then holds size - 1."""
    bound, node = bounds[size - 1], nodes[size - 1]
    i = 0
    while 2 * i + 1 < size - 1:
        j = 2 * i + 1
        if j + 1 < size - 1 and bounds[j + 1] < bounds[j]:
            j += 1
        if bounds[j] >= bound:
            break
        bounds[i] = bounds[j]
        nodes[i] = nodes[j]
        i = j
    bounds[i] = bound
    nodes[i] = node
