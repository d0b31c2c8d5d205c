"""Value against value: how often the works of one have a close match in the other, and the best pair of both.

v values of one facet, or periods; a work without a value (-1) is counted nowhere
"""

import numpy as np
from numpy.typing import NDArray

from generator.analysis import closeness
from generator.analysis.best_matches import BestMatches
from generator.analysis.closeness import Scale
from generator.core.findings import ValueMatrix

STEPS = (50, 25, 10, 1)  # least percent of each shade but the last
FEW = 5  # works of a value: with fewer, a share says little, and the value stands last


def shade(percent: int) -> int:
    """Return the step of a share, 0 for the most."""
    return next((step for step, least in enumerate(STEPS) if percent >= least), len(STEPS))


def compare(best: BestMatches, labels: NDArray[np.integer], scale: Scale, *, sort: bool = True) -> ValueMatrix:
    """Return the grid of values, given the nearest work of each for every work; unsorted values stay in their order."""
    v = best.rows.shape[1]
    there = np.flatnonzero(labels >= 0)
    mine = labels[there]
    sizes = np.bincount(mine, minlength=v)
    levels = scale.levels(scale.ranks(closeness.encode(best.cosine[there])))
    near = (levels <= closeness.CLOSE) & np.isfinite(best.cosine[there])
    close = np.stack([np.bincount(mine, near[:, value], v) for value in range(v)], axis=1).astype(np.int64)
    pairs, cosine = _pairs(best, labels, there)
    order = _ordered(close / np.maximum(sizes[:, None], 1), sizes) if sort else np.arange(v)
    return ValueMatrix(sizes=sizes, close=close, pairs=pairs, cosine=cosine, order=order)


def _pairs(
    best: BestMatches, labels: NDArray[np.integer], there: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the best pair of every two values, and its cosine: the nearest, ties by the lowest rows."""
    v = best.rows.shape[1]
    pairs, cosine = np.full((v, v, 2), -1, np.int32), np.full((v, v), -np.inf, np.float32)
    for value in range(v):
        rows = there[labels[there] == value]
        if len(rows):
            place = best.cosine[rows].argmax(axis=0)
            cosine[value] = best.cosine[rows][place, np.arange(v)]
            pairs[value] = np.stack([rows[place], best.rows[rows][place, np.arange(v)]], axis=1)
    # One pair for both directions: the nearer one, or that of the lower value.
    lower = np.tri(v, k=-1, dtype=bool)
    turned = (cosine < cosine.T) | ((cosine == cosine.T) & lower)
    pairs = np.where(turned[..., None], pairs.transpose(1, 0, 2)[..., ::-1], pairs)
    cosine = np.where(turned, cosine.T, cosine)
    pairs[~np.isfinite(cosine)] = -1
    return pairs, cosine


def _ordered(share: NDArray[np.float64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the values so that those which come close stand together; those with few works last, the largest first."""
    few = np.flatnonzero(sizes < FEW)
    chain = _chained(share, np.flatnonzero(sizes >= FEW).tolist())
    return np.array([*chain, *few[np.argsort(-sizes[few], kind="stable")].tolist()], np.int64)


def _chained(share: NDArray[np.float64], values: list[int]) -> list[int]:
    """Return the values in a chain: the two that come closest, then at either end whichever comes closest to it."""
    if len(values) < 3:
        return values
    both = np.minimum(share, share.T) + (share + share.T) / 1_000
    np.fill_diagonal(both, -1.0)
    among = both[np.ix_(values, values)]
    chain = [values[place] for place in divmod(int(among.argmax()), len(values))]
    left = [value for value in values if value not in chain]
    while left:
        ends = both[np.ix_([chain[0], chain[-1]], left)]
        end, place = divmod(int(ends.argmax()), len(left))
        chain.insert(0 if end == 0 else len(chain), left.pop(place))
    return chain
