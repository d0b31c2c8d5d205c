"""Transforms: what can be done to vectors before they are compared, without knowing what pictures show.

Vectors are float32 (n, d) of length 1, and so is what comes back.
"""

import numpy as np
from numpy.typing import NDArray

from generator.analysis.whitening import unit_rows
from generator.evaluation.intuition.features import Floats

NEAR = 10  # neighbors that say how crowded it is around a picture
PRIOR = 5.0  # works that the mean of all counts for in the mean of a style


def joined(*parts: Floats) -> Floats:
    """Return parts side by side: similarities are the means of theirs."""
    return unit_rows(np.concatenate(parts, axis=1))


def averaged(*views: Floats) -> Floats:
    """Return the mean of several views of the same pictures."""
    return unit_rows(np.mean(views, axis=0))


def centered(vectors: Floats) -> Floats:
    """Return vectors from their mean: what all pictures share does not count."""
    return unit_rows(vectors - vectors.mean(axis=0))


def centered_by(vectors: Floats, style: NDArray[np.int32]) -> Floats:
    """Return vectors from the mean of their style: what all pictures of one style share does not count.

    The mean of few pictures says little, so that of all is mixed in as if it were PRIOR pictures more.
    """
    overall = vectors.mean(axis=0)
    count = np.bincount(style)
    sums = np.zeros((len(count), vectors.shape[1]))
    np.add.at(sums, style, vectors)
    means = (sums + PRIOR * overall) / (count + PRIOR)[:, None]
    return unit_rows(vectors - means[style])


def crowding(vectors: Floats, style: NDArray[np.int32]) -> Floats:
    """Return (n,) half the mean similarity of each picture to the NEAR nearest of other styles: what CSLS takes off.

    Conneau et al., Word translation without parallel data, ICLR 2018, section 2.3.
    """
    found = []
    for first in range(0, len(vectors), 512):
        similarity = vectors[first : first + 512] @ vectors.T
        similarity[style[first : first + 512, None] == style[None]] = -np.inf
        near = np.partition(similarity, -NEAR, axis=1)[:, -NEAR:] if len(vectors) > NEAR else similarity
        near = np.where(np.isfinite(near), near, 0.0)
        found.append(near.mean(axis=1) / 2)
    return np.concatenate(found).astype(np.float32)
