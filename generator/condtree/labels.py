"""Sets of labels: which of those that occur are allowed, where their points are, and sets as bits.

A label's index is its place among the labels that occur, so that sparse or negative labels cost nothing.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.condtree.arrays import chosen_labels, frozen


def allowed_indices(names: NDArray[np.int32], allowed: Iterable[int] | NDArray[Any] | None) -> NDArray[np.int64]:
    """Return the indices in names of the allowed labels, ascending; None allows all."""
    if allowed is None:
        return np.arange(len(names))
    return np.flatnonzero(np.isin(names, chosen_labels(allowed)))


def places_of(start: NDArray[np.int64], indices: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return start[j] .. start[j + 1] - 1 of all indices j, one run after the other."""
    runs = [np.arange(start[j], start[j + 1], dtype=np.int32) for j in indices]
    return frozen(np.concatenate(runs) if runs else np.empty(0, np.int32))


def bits_of(indices: NDArray[np.integer], count: int) -> NDArray[np.uint64]:
    """Return a set of indices below count as 64-bit words: bit j of word i stands for 64 i + j."""
    words = np.zeros(-(-count // 64), np.uint64)
    np.bitwise_or.at(words, indices >> 6, np.uint64(1) << (indices & 63).astype(np.uint64))
    return frozen(words)
