"""Vectors -> vectors in which directions that differ much in a collection count less, and those that differ little more.

What a network says of pictures varies most in a few directions that say little (outlines on white ground, or not), and
they drown the others. Whitening makes all directions vary alike; a half of it, the fourth root of the variance in place
of the square root, keeps some of their weight, and found the right picture more often in every test of
generator/evaluation/intuition. Jegou and Chum, Negative evidences and co-occurences in image retrieval: the benefit of
PCA and whitening, ECCV 2012; and the power in between: Mukundan, Tolias, Bursuc, Jegou and Chum, IJCV 2019, section 4.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.core import artefacts
from generator.core.model import freeze
from generator.core.store import Store, key

RECIPE = "whitening-1"  # changes whenever the same vectors would give others
POWER = 0.5  # 0: only centered; 1: whitened
SHRINKAGE = 0.1  # share of the mean variance that every direction is given first: small ones are uncertain


@dataclass(frozen=True, slots=True)
class _Whitened:
    vectors: NDArray[np.float32]  # (n, d)

    def __post_init__(self) -> None:
        freeze(self, "vectors", np.float32, (None, None))


def kept(vectors: NDArray[np.float32], store: Store) -> NDArray[np.float32]:
    """Return vectors (n, d) whitened, from the store when they were before; read-only."""
    made_from = key(RECIPE, vectors)
    return artefacts.kept(store, "whitened", made_from, _Whitened, lambda: _Whitened(whitened(vectors))).vectors


def whitened(vectors: NDArray[np.float32], power: float = POWER) -> NDArray[np.float32]:
    """Return vectors (n, d) around their mean, more even in all directions, each of length 1.

    Vectors that are all the same come back as they are.
    """
    around = vectors - vectors.mean(axis=0, dtype=np.float64)
    variance, directions = np.linalg.eigh(around.T @ around / max(1, len(vectors)))
    variance = np.maximum(variance, 0.0)
    rank = max(1, min(len(vectors) - 1, vectors.shape[1]))
    weight = variance + SHRINKAGE * variance.sum() / rank
    if not weight.max() > 1e-12:
        return vectors
    found = (around @ directions) * (weight / weight.max()) ** (-power / 2)
    return unit_rows(found)


def unit_rows(vectors: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Return the rows (n, d) in float32, each of length 1; one of zeros stays so."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1.0)).astype(np.float32, copy=False)
