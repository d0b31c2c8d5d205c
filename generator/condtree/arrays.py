"""The arrays of this package, what may enter it, and the records that leave it.

    n points (rows)   d dimensions   k neighbors   q queries   m nodes   c cells   l labels   w 64-bit words of l bits

Every array that enters a kernel is frozen first: to numba a read-only and a writable array are two types,
and each type would be compiled again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

LIMIT = 2.0**50  # greatest coordinate: float32 products and sums of up to 2**27 of them stay finite
DIMENSIONS = 2**16  # most dimensions: the error bounds need d * 2**-24 to be well below 1


class TreeArrays(NamedTuple):
    """The points ordered by label, and within a label by row; and the same points coded as bytes (quantization.py)."""

    points: NDArray[np.float32]  # (n, d)
    rows: NDArray[np.int32]  # (n,) the caller's row of each point
    names: NDArray[np.int32]  # (l,) the caller's labels, ascending
    start: NDArray[np.int64]  # (l + 1,) the points with label names[j] are start[j] .. start[j + 1] - 1
    body: NDArray[np.int8]  # (n, b) every point coded, all its coordinates; b is the least that 64 divides
    head: NDArray[np.int8]  # (h, n, 256) every point coded on h levels, each 240 coordinates in the basis
    basis: NDArray[np.int16]  # (h, 240, b) orthonormal but for rounding, 32767 long, directions of most variance first
    weight: NDArray[np.float32]  # (h, 240) what the step of a code is multiplied by in each coordinate
    error: NDArray[np.float64]  # (1,) how far off a query's coordinates in the basis may be, in lengths of the query


class LabelArrays(NamedTuple):
    """The points ordered by label, and within a label by row."""

    points: NDArray[np.float32]  # (n, d)
    rows: NDArray[np.int32]  # (n,) the caller's row of each point
    names: NDArray[np.int32]  # (l,) the caller's labels, ascending
    start: NDArray[np.int64]  # (l + 1,) the points with label names[j] are start[j] .. start[j + 1] - 1


class Limits(NamedTuple):
    """How far coarse products may be trusted."""

    low: np.int32  # the bits of a key that hold a candidate's place
    error: float  # |coarse - square * score| is at most this
    square: float


class Care(NamedTuple):
    """How far careful products may be trusted."""

    sigma: np.float32  # where the sum of a stripe starts
    error: float  # |careful - reference| is at most this
    norms: float  # ||x|| ||y|| is at most this


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbors:
    """The nearest rows of every query, nearest first."""

    rows: NDArray[np.int32]  # (q, k) -1 where there are fewer
    distances: NDArray[np.float32]  # (q, k) Euclidean, inf where there are fewer

    def __post_init__(self) -> None:
        self.rows.setflags(write=False)  # freeze_fields takes as long as a search among a few rows
        self.distances.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerCell:
    """The rows of every cell most similar to every row, most similar first."""

    rows: NDArray[np.int32]  # (n, c, k) -1 where there are fewer
    similarity: NDArray[np.float32]  # (n, c, k) inner product, -inf where there are fewer

    def __post_init__(self) -> None:
        freeze_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The rows of a set of cells most similar to every row, most similar first."""

    rows: NDArray[np.int32]  # (n, k) -1 where there are fewer
    similarity: NDArray[np.float32]  # (n, k) inner product, -inf where there are fewer

    def __post_init__(self) -> None:
        freeze_fields(self)


def frozen(array: ArrayLike, dtype: Any = None) -> NDArray[Any]:
    """Return a read-only, contiguous, plain view of an array, of its shape; copied only where it must be."""
    view = np.ascontiguousarray(array, dtype).view(np.ndarray)
    view.flags.writeable = False
    return view


def freeze_fields(record: Any) -> None:
    """Make every array of a record read-only."""
    for name in record.__slots__:
        object.__setattr__(record, name, frozen(getattr(record, name)))


def checked_points(points: NDArray[np.float32], name: str = "points", d: int | None = None) -> NDArray[np.float32]:
    """Return points (n, d) float32 frozen; raise ValueError unless they are that, finite and within LIMIT."""
    if not isinstance(points, np.ndarray) or points.dtype != np.float32 or points.ndim != 2:
        raise ValueError(f"{name} must be a float32 array (n, d), not {_kind(points)}")
    if d is not None and points.shape[1] != d:
        raise ValueError(f"{name} must have {d} dimensions like the points, not {points.shape[1]}")
    if not 1 <= points.shape[1] <= DIMENSIONS:
        raise ValueError(f"{name} must have 1 to {DIMENSIONS} dimensions, not {points.shape[1]}")
    for first in range(0, len(points), 4096):
        block = points[first : first + 4096]
        bad = np.flatnonzero(~(np.abs(block) <= LIMIT).all(axis=1))  # a NaN compares false
        if len(bad):
            raise ValueError(f"{name} must be finite and at most {LIMIT:g} in size; row {first + bad[0]} is not")
    return frozen(points)


def checked_labels(labels: NDArray[np.integer[Any]], n: int, name: str = "labels") -> NDArray[np.int32]:
    """Return the labels frozen as int32 (n,); raise ValueError unless they are n integers that fit."""
    if not isinstance(labels, np.ndarray) or labels.dtype.kind not in "iu" or labels.shape != (n,):
        raise ValueError(f"{name} must be an integer array ({n},), not {_kind(labels)}")
    if n and not np.can_cast(labels.dtype, np.int32):
        bounds = np.iinfo(np.int32)
        if labels.min() < bounds.min or labels.max() > bounds.max:
            raise ValueError(f"{name} must fit 32 bits")
    return frozen(labels, np.int32)


def checked_count(k: int, name: str = "k") -> int:
    """Return k as an int; raise ValueError unless it is a whole number of at least 1."""
    if type(k) is int and k >= 1:
        return k
    if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, not {k!r}")
    return int(k)


def chosen_labels(allowed: Iterable[int] | NDArray[Any]) -> NDArray[np.int64]:
    """Return the labels (a,) int64 that a mask or a list of labels allows, ascending and each once."""
    if not isinstance(allowed, np.ndarray):
        allowed = np.asarray(list(allowed))
    if allowed.ndim != 1 or (allowed.size and allowed.dtype.kind not in "biu"):
        raise ValueError(f"allowed must be labels or a mask over labels, not {_kind(allowed)}")
    return np.flatnonzero(allowed) if allowed.dtype == bool else np.unique(allowed).astype(np.int64)


def _kind(value: object) -> str:
    return f"{value.dtype} {value.shape}" if isinstance(value, np.ndarray) else type(value).__name__
