"""Quantization: points as bytes, which the tree reads of most points instead of their coordinates.

Built here, read by tree_kernels.py.

A *coded point* is a row of int8: its codes, zeros up to a multiple of 64, and four float32, its *facts*:

    step   a coordinate is about weight * code * step
    tail   no less than the length of the part of the point that the codes do not speak of
    blur   no less than what the codes and a rounded query may get wrong, in lengths of the query
    half   no more than ||x||^2 / 2

The *body* holds all coordinates of every point. The *head* holds the leading 480 coordinates in a basis of the
directions of most variance, in two levels: on real features these say enough of 9 points in 10 to pass them over.

**Nearness.** b(x) = x.q - ||x||^2 / 2 orders points as -||x - q||^2 does, for ||x - q||^2 = ||q||^2 - 2 b(x). Each level
gives a bound on b(x) from above; a point whose bound is below the cut ("Cut", in the package's docstring) is passed over.

**Query.** L is no less than ||q||. With unit = L / FULL and Q = round(q / unit) in int16, q* = unit Q is off by at most
0.5001 unit in each coordinate, so ||q - q*|| <= r L with r = 0.5001 sqrt(d) / FULL. Integer products stay below 2^31:
||Q|| and FULL-long vectors of the basis are at most FULL + sqrt(d), codes 127 sqrt(d), and d is at most 2^16.

**Body.** Let x* = step X, and e = ||x - x*||, measured when built. By Cauchy and Schwarz
    x.q = x*.q* + x*.(q - q*) + (x - x*).q <= step unit X.Q + L (r (||x|| + e) + e).
The factor of L is the blur; the tail is 0.

**Basis.** The basis as stored, V = W / FULL, is orthonormal only up to rounding: let D = ||V V^T - 1||, measured. Its
polar factor U = (V V^T)^-1/2 V is orthonormal, and ||U - V|| <= D. So for any point ||U x - V x|| <= D ||x||, and for the
query ||U q - V q*|| <= (r + D + r D) L = error L.

**Head.** Let U keep the leading coordinates up to some level. By Pythagoras and Cauchy and Schwarz
    x.q = U x . U q + (what U leaves of x) . (what U leaves of q) <= U x . U q + tail(x) tail(q),
    tail(x)^2 = ||x||^2 - ||U x||^2 <= ||x||^2 - max(0, ||V x|| - D ||x||)^2,
and the same for q with error L for D ||x||. Let y = V q*, x* = weight step X, e >= ||U x - x*||, measured. Then
    U x . U q = x*.y + x*.(U q - y) + (U x - x*).U q <= x*.y + L (error (||x|| + e) + e),
whose last factor is the blur. On each level weight y is rounded once more, to u P in int16 with u = max |weight y| / FULL:
    x*.y = step X.(weight y) <= step u (X.P + 0.5001 sum |X|) <= step u (X.P + MARGIN),  MARGIN = 0.5001 * 127 * WIDTH.
Levels add up, so each costs one more product of bytes. e and the blur are those of all levels; fewer have less.

**Rounding.** What is measured here is measured in float64, and raised by more than its relative error, 2^-30. Kernels
compute bounds in float32: ten roundings of 2^-24 each of terms whose sizes sum to less than 4 L ||x|| + half (weights
differ by 64 at most, so the margin's is below L ||x|| / 4). A blur of 2^-18 ||x|| more and a half of 2^-19 less cover them.
"""

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import TreeArrays, frozen

WIDTH = 240  # coordinates of a level: with its facts a point fills four lines of a cache
FACTS = 16  # bytes of the facts
FULL = 32767  # the length of a query in int16, and of a vector of the basis
LINE = 64  # bytes of a line of a cache
SAMPLE = 4096  # points that the basis is fitted to
ROUNDS = 4  # of fitting; any basis is sound, a better one passes over more points
BLOCK = 2048  # points coded at a time
SPREAD = 64.0  # how much weights may differ
RAISED = 1 + 2.0**-30

Floats = NDArray[np.float64]


def coded(
    points: NDArray[np.float32],
    rows: NDArray[np.int32],
    names: NDArray[np.int32],
    start: NDArray[np.int64],
    levels: int,
) -> TreeArrays:
    """Return the arrays of a tree over points that are ordered by label already."""
    n, d = points.shape
    size = -(-(d + FACTS) // LINE) * LINE
    basis = np.zeros((levels, WIDTH, size), np.int16)
    directions = np.rint(leading(points, min(levels * WIDTH, d)) * FULL)
    basis.reshape(-1, size)[: len(directions), :d] = directions
    vectors = basis.reshape(-1, size)[:, :d] / FULL
    present = vectors[: len(directions)]
    defect = float(np.linalg.norm(present @ present.T - np.eye(len(present)), 2)) + 2.0**-30 if levels else 0.0
    rounding = 0.5001 * np.sqrt(d) / FULL
    error = (rounding + defect + rounding * defect) * RAISED
    weight = np.array([weights(points, part) for part in vectors.reshape(levels, WIDTH, d)], np.float32)
    weight = weight.reshape(levels, WIDTH)
    body, head = aligned((n, size)), aligned((levels, n, WIDTH + FACTS))
    for first in range(0, n, BLOCK):
        part = slice(first, first + BLOCK)
        block = points[part].astype(np.float64)
        code_body(block, rounding, body[part])
        code_head(block, vectors, weight.astype(np.float64), defect, error, head[:, part])
    return TreeArrays(
        points=points,
        rows=rows,
        names=names,
        start=start,
        body=frozen(body),
        head=frozen(head),
        basis=frozen(basis),
        weight=frozen(weight),
        error=frozen([error], np.float64),
    )


def code_body(block: Floats, rounding: float, codes: NDArray[np.int8]) -> None:
    """Write coded points with all coordinates of a block. See "Body"."""
    length = lengths(block)
    step, rest = round_rows(block, np.ones(block.shape[1]), codes)
    write_facts(codes, step, np.zeros(len(block)), rest + rounding * (length + rest), length)


def code_head(
    block: Floats, vectors: Floats, weight: Floats, defect: float, error: float, codes: NDArray[np.int8]
) -> None:
    """Write coded points of every level for a block. See "Head"."""
    length = lengths(block)
    within, rests, steps, tails = np.zeros(len(block)), np.zeros(len(block)), [], []
    for level in range(len(codes)):
        values = block @ vectors[level * WIDTH : (level + 1) * WIDTH].T
        within = np.hypot(within, lengths(values) / RAISED**2)
        step, rest = round_rows(values, weight[level], codes[level])
        rests = np.hypot(rests, rest)
        steps.append(step)
        tails.append(np.sqrt(np.maximum(0, length**2 - np.maximum(0, within - defect * length) ** 2)))
    rests = rests * RAISED + defect * length
    for level, (step, tail) in enumerate(zip(steps, tails, strict=True)):
        write_facts(codes[level], step, tail, rests + error * (length + rests), length)


def round_rows(values: Floats, weight: Floats, codes: NDArray[np.int8]) -> tuple[NDArray[np.float32], Floats]:
    """Write values / (weight * step), rounded, to codes; return the steps and the lengths of what rounding left."""
    step = raised(np.abs(values / weight).max(axis=1) / 127)
    step[step < 2.0**-120] = 0  # where float32 is coarse
    inverse = np.divide(1, step, out=np.zeros(len(step)), where=step > 0, dtype=np.float64)
    rounded = np.rint(values / weight * inverse[:, None])
    codes[:, : values.shape[1]] = rounded
    return step, lengths(values - rounded * weight * step[:, None].astype(np.float64))


def write_facts(codes: NDArray[np.int8], step: NDArray[np.float32], tail: Floats, blur: Floats, length: Floats) -> None:
    """Write the facts of some coded points, each on its safe side. See "Rounding"."""
    facts = codes[:, -FACTS:].view(np.float32)
    facts[:, 0], facts[:, 1], facts[:, 2] = step, raised(tail), raised(blur * RAISED + 2.0**-18 * length)
    facts[:, 3] = (length / RAISED**2) ** 2 / 2 * (1 - 2.0**-19)


def raised(values: Floats) -> NDArray[np.float32]:
    """Return float32 that are greater."""
    return np.nextafter(values.astype(np.float32), np.float32(np.inf))


def lengths(rows: Floats) -> Floats:
    """Return a number no less than the length of every row, and no greater than it times RAISED ** 2."""
    squares: Floats = np.einsum("nd,nd->n", rows, rows)
    return np.sqrt(squares) * RAISED


def leading(points: NDArray[np.float32], count: int) -> Floats:
    """points (n, d) float32 -> (count, d) about the directions of most variance about 0, by subspace iteration."""
    sample = sampled(points)
    most = np.abs(sample).max(initial=0)
    sample = sample / most if most else sample
    found = np.random.default_rng(0).normal(size=(points.shape[1], count))
    for _ in range(ROUNDS):
        found, _ = np.linalg.qr(sample.T @ (sample @ np.linalg.qr(found)[0]))
    _, turn = np.linalg.eigh((sample @ found).T @ (sample @ found))
    return np.linalg.qr(found @ turn[:, ::-1])[0].T


def weights(points: NDArray[np.float32], vectors: Floats) -> Floats:
    """Return a weight for every coordinate, 1 / SPREAD to 1: rounding is least with the root of its typical size."""
    root = np.sqrt(np.sqrt(np.sum((sampled(points) @ vectors.T) ** 2, axis=0)))
    most = root.max(initial=0)
    return np.maximum(root / most, 1 / SPREAD) if most > 0 else np.ones(len(vectors))


def sampled(points: NDArray[np.float32]) -> Floats:
    """points (n, d) float32 -> at most SAMPLE of them, evenly, in float64."""
    return points[:: max(1, -(-len(points) // SAMPLE))].astype(np.float64)


def aligned(shape: tuple[int, ...]) -> NDArray[np.int8]:
    """Return zeros that begin at a line of a cache."""
    raw = np.zeros(int(np.prod(shape)) + LINE, np.int8)
    first = -raw.ctypes.data % LINE
    return raw[first : first + int(np.prod(shape))].reshape(shape)
