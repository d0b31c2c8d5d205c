"""Kernels of the tree: the descent from coded points to points. quantization.py proves that it loses nothing.

A query goes down with those of the allowed points that may still be among the nearest k:

    places   (n + 3,) int32    where they are in the arrays of the tree; the last is repeated
    sums     (n + 3,) float32  no less than the inner product of each with the query, as far as it has been looked at
    bounds   (n + 3,) float32  no less than the nearness of each, which is x.q - ||x||^2 / 2
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import TreeArrays
from generator.condtree.jit import kernel
from generator.condtree.kernels import Keys, Vector, beyond, distance, insert, key_of, pop, push, row_of
from generator.condtree.quantization import FACTS, FULL, WIDTH
from generator.condtree.scan_kernels import Spans, count_of, fit, write_list
from generator.condtree.simd_dot import STEP, measure_4, project_4

LEADERS = 32  # points that are looked at first
LEAST = 2.0**-60  # a shorter query is taken to be this long where only a bound on its length is wanted
TINIEST = 2.0**-1000  # a unit for a query that has nothing to round
MARGIN = 0.5001 * 127 * WIDTH  # no less than what rounding a query to int16 changes in an inner product


@kernel
def length_of(vector: Vector) -> tuple[float, float]:
    """Return the squared length of a vector, and a number no less than its length."""
    square = 0.0
    for value in vector:
        square += np.float64(value) * np.float64(value)
    return square, max(np.sqrt(square) * (1.0 + 2.0**-20), LEAST)


@kernel
def project(basis: NDArray[np.int16], query: NDArray[np.int16], unit: float, values: NDArray[np.float64]) -> None:
    """Write (basis @ query) * unit to values."""
    products = np.empty(4, np.int32)
    size = basis.shape[1] * 2
    for j in range(0, basis.shape[0], 4):
        project_4(query.ctypes.data, basis[j:].ctypes.data, size, basis.shape[1] // STEP, products.ctypes.data)
        for i in range(4):
            values[j + i] = products[i] * unit


@kernel
def measure(
    codes: NDArray[np.int8],
    query: NDArray[np.int16],
    terms: NDArray[np.float32],
    places: NDArray[np.int32],
    n: int,
    sums: NDArray[np.float32],
    bounds: NDArray[np.float32],
) -> None:
    """Add to the sums of n places their inner product with the query, and write bounds on their nearness.

    product = (codes @ query + margin) * unit * step;  bound = sum + tail * query's tail + blur * its length - half
    """
    size = codes.shape[1]
    first, x, t = codes.ctypes.data, query.ctypes.data, terms.ctypes.data
    for i in range(0, n, 4):
        a, b = first + size * np.int64(places[i]), first + size * np.int64(places[i + 1])
        c, d = first + size * np.int64(places[i + 2]), first + size * np.int64(places[i + 3])
        measure_4(x, a, b, c, d, size // STEP, t, sums.ctypes.data + 4 * i, bounds.ctypes.data + 4 * i)


@kernel
def cut_of(keys: Keys, square: float) -> np.float32:
    """Return a nearness below which every point is farther than the last of a list. See "Cut"."""
    return np.float32(0.5 * (square * (1.0 - 2.0**-22) - beyond(keys) * (1.0 + 2.0**-22)) - 2.0**-100)


@kernel
def narrow(
    places: NDArray[np.int32],
    sums: NDArray[np.float32],
    bounds: NDArray[np.float32],
    n: int,
    cut: np.float32,
    kept: NDArray[np.int32],
) -> int:
    """Keep of n places those whose bounds are not below the cut; return how many."""
    count = np.uint64(0)
    for i in range(np.uint64(n)):
        kept[count] = i
        count += np.uint64(bounds[i] >= cut)
    for j in range(count):
        place = np.uint64(kept[j])
        places[j], sums[j], bounds[j] = places[place], sums[place], bounds[place]
    left = int(count)
    if left > 0:
        places[left : left + 3] = places[left - 1]
    return left


@kernel
def leaders(bounds: NDArray[np.float32], most: NDArray[np.float32], keys: Keys, which: NDArray[np.int64]) -> None:
    """Write to which the places of the greatest bounds of residue classes of places: of as many as there is room for.

    With c = len(most) classes these are nearly the greatest of all, found with hardly a branch.
    """
    c = most.shape[0]
    most[:], keys[:] = -np.inf, key_of(-np.inf, -1)
    for first in range(0, bounds.shape[0], c):
        part = bounds[first : first + c]
        for j in range(part.shape[0]):
            most[j] = part[j] if part[j] > most[j] else most[j]
    for j in range(min(c, bounds.shape[0])):
        key = key_of(most[j], j)
        if key > keys[-1]:
            insert(keys, key)
    for i in range(which.shape[0]):
        which[i] = row_of(keys[i])
        while bounds[which[i]] != most[row_of(keys[i])]:
            which[i] += c


@kernel
def offer(tree: TreeArrays, vector: Vector, place: np.int32, exclude: np.int32, keys: Keys) -> None:
    """Offer the point at a place to the list of a query, unless it is there or excluded."""
    row = tree.rows[place]
    if row == exclude:
        return
    for key in keys:
        if row_of(key) == row:
            return
    insert(keys, key_of(-distance(vector, tree.points[place]), row))


@kernel
def open_list(
    tree: TreeArrays,
    vector: Vector,
    query: NDArray[np.int16],
    terms: NDArray[np.float32],
    places: NDArray[np.int32],
    bounds: NDArray[np.float32],
    exclude: np.int32,
    keys: Keys,
) -> None:
    """Offer to the list of a query the best, by their bodies, of those of some places that lead by their bounds."""
    n = min(max(LEADERS, 2 * keys.shape[0]), bounds.shape[0])
    which, few = np.empty(n, np.int64), np.empty(n + 3, np.int32)
    leaders(bounds, np.empty(8 * n, np.float32), np.empty(n, np.int64), which)
    few[:n], few[n:] = places[which], places[which[0]]
    sums, body = np.zeros(n + 3, np.float32), np.empty(n + 3, np.float32)
    measure(tree.body, query, terms, few, n, sums, body)
    best = np.full(min(keys.shape[0] + 1, n), key_of(-np.inf, -1))  # one more, as one may be excluded
    for i in range(n):
        insert(best, key_of(body[i], i))
    for key in best:
        offer(tree, vector, few[row_of(key)], exclude, keys)


@kernel
def round_query(vector: NDArray[np.floating[Any]], unit: float, size: int) -> NDArray[np.int16]:
    """Return vector / unit, rounded to int16, followed by zeros up to a size. The unit is not 0."""
    query, inverse = np.zeros(size, np.int16), 1.0 / unit
    for j in range(vector.shape[0]):
        query[j] = np.int16(np.rint(vector[j] * inverse))
    return query


@kernel
def body_terms(length: float) -> NDArray[np.float32]:
    """Return the terms of a query for the body: unit, margin, tail, length."""
    return np.array([length / FULL, 0.0, 0.0, length], np.float32)


@kernel
def code_query(
    tree: TreeArrays, level: int, query: NDArray[np.int16], length: float, inside: float
) -> tuple[NDArray[np.int16], NDArray[np.float32], float]:
    """Return a rounded query coded for a level of the head, its terms there, and what is inside so far.

    inside is the squared length of the query's coordinates in the basis, of all levels up to this one.
    """
    values = np.empty(WIDTH)
    project(tree.basis[level], query, length / FULL / FULL, values)
    most = 0.0
    for j in range(WIDTH):
        inside += values[j] * values[j]
        values[j] *= tree.weight[level, j]
        most = max(most, abs(values[j]))
    code = round_query(values, max(most / FULL, TINIEST), WIDTH + FACTS)
    known = max(0.0, np.sqrt(inside) - tree.error[0] * length)
    tail = np.sqrt(max(0.0, length * length - known * known))
    return code, np.array([most / FULL, MARGIN, tail, length], np.float32), inside


@kernel
def descend(
    tree: TreeArrays, vector: Vector, places: NDArray[np.int32], n: int, exclude: np.int32, worth: int, keys: Keys
) -> None:
    """Offer to the list of a query whichever of n places could be in it."""
    square, length = length_of(vector)
    query, terms = round_query(vector, length / FULL, tree.body.shape[1]), body_terms(length)
    sums, bounds, kept = np.zeros(n + 3, np.float32), np.empty(n + 3, np.float32), np.empty(n + 1, np.int32)
    inside, level = 0.0, 0
    while level < tree.head.shape[0] and n > worth:
        code, own, inside = code_query(tree, level, query, length, inside)
        measure(tree.head[level], code, own, places, n, sums, bounds)
        if level == 0:
            open_list(tree, vector, query, terms, places, bounds[:n], exclude, keys)
        n = narrow(places, sums, bounds, n, cut_of(keys, square), kept)
        level += 1
    sums[: n + 3] = 0.0
    measure(tree.body, query, terms, places, n, sums, bounds)
    if level == 0:
        open_list(tree, vector, query, terms, places, bounds[:n], exclude, keys)
    n = narrow(places, sums, bounds, n, cut_of(keys, square), kept)
    nearest_first(tree, vector, places, bounds[:n], exclude, keys, square)


@kernel
def nearest_first(
    tree: TreeArrays,
    vector: Vector,
    places: NDArray[np.int32],
    bounds: NDArray[np.float32],
    exclude: np.int32,
    keys: Keys,
    square: float,
) -> None:
    """Offer to the list of a query some places, greatest bound first, until the cut is above all that wait."""
    n = bounds.shape[0]
    waiting, at = np.empty(n), np.empty(n, np.int32)
    for i in range(n):
        push(waiting, at, i, -np.float64(bounds[i]), places[i])
    while n > 0 and -waiting[0] >= cut_of(keys, square):
        place = at[0]
        pop(waiting, at, n)
        n -= 1
        offer(tree, vector, place, exclude, keys)


@kernel
def descend_queries(
    tree: TreeArrays,
    spans: Spans,
    vectors: NDArray[np.float32],
    exclude: NDArray[np.int32],
    worth: int,
    out_rows: NDArray[np.int32],
    out_distances: NDArray[np.float32],
) -> bool:
    """Fill in the lists of all queries from the points of some spans; exclude may be empty. False if vectors do not fit."""
    if not fit(vectors):
        return False
    n = count_of(spans)
    places = np.empty(n + 3, np.int32)
    keys = np.empty(out_rows.shape[1], np.int64)
    for query in range(vectors.shape[0]):
        i = 0
        for j in range(spans.shape[0]):
            for place in range(spans[j, 0], spans[j, 1]):
                places[i] = place
                i += 1
        places[n:] = places[n - 1]
        keys[:] = key_of(-np.inf, -1)
        excluded = exclude[query] if exclude.shape[0] else np.int32(-1)
        descend(tree, vectors[query], places, n, excluded, worth, keys)
        write_list(keys, out_rows[query], out_distances[query])
    return True
