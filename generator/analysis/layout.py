"""Whitened vectors -> Layout: a field of a grid for every work, so that works that look alike lie close.

What is compared is what the analogies compare. First t-SNE (openTSNE) puts the works on a
plane, from the exact nearest of each; then every work moves to a field of its own, so that pictures can be drawn there.

    n works, d dimensions, k neighbors
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generator.condtree import nearest_per_cell
from generator.core import artefacts
from generator.core.findings import Layout
from generator.core.model import Progress
from generator.core.run import Run
from generator.core.store import key

RECIPE = "layout-3"  # changes whenever the same vectors would give another artefact
LEAST = 8  # works; fewer are seen at a glance without a map
PERPLEXITY = 10  # about how many neighbors pull at a work
STEPS = (250, 500)  # of t-SNE: while groups form, and while they spread
MANY = 2_000  # works from which on their repulsion is read from a grid, by Fourier transforms
FILLED = 0.7  # share of the fields that hold a work
WIDE = 1.5  # columns for every row
EVEN = 0.5  # how far the works spread evenly over each side; 0: as t-SNE has them

Points = NDArray[np.float64]  # (n, 2)


def place(vectors: NDArray[np.float32], run: Run) -> Layout | None:
    """Return the map of whitened vectors (n, d), from the store when it was made before; None for too few works."""
    if len(vectors) < LEAST:
        return None
    return artefacts.kept(run.store, "layout", key(RECIPE, vectors), Layout, lambda: _find(vectors, run.progress))


def _find(vectors: NDArray[np.float32], progress: Progress) -> Layout:
    n = len(vectors)
    with progress.stage("Arranging the map", sum(STEPS)) as step:
        k = min(3 * PERPLEXITY, n - 1)
        near = nearest_per_cell(vectors, np.zeros(n, np.int32), k, cells=1)
        distances = np.sqrt(np.maximum(2.0 - 2.0 * near.similarity[:, 0].astype(np.float64), 0.0))
        points = _embedded(near.rows[:, 0], distances, _principal(vectors), step.advance)
    rows = math.ceil(math.sqrt(n / FILLED / WIDE))
    columns = math.ceil(n / FILLED / rows)
    return Layout(fields=settle(spread(points), columns, rows), columns=columns, rows=rows)


def _principal(vectors: NDArray[np.float32]) -> Points:
    """Return where the vectors lie along the two directions in which they vary most, each sign fixed."""
    around = vectors - vectors.mean(axis=0, dtype=np.float64)
    directions = np.linalg.eigh(around.T @ around)[1][:, :-3:-1]
    strongest = directions[np.abs(directions).argmax(axis=0), np.arange(directions.shape[1])]
    return np.pad(around @ (directions * np.sign(strongest)), ((0, 0), (0, 2 - directions.shape[1])))


def _embedded(rows: NDArray[np.int32], distances: Points, start: Points, advance: Callable[[int], None]) -> Points:
    """Return t-SNE's points (n, 2), by one thread and so the same each time."""
    from openTSNE import TSNEEmbedding, affinity, nearest_neighbors

    exact = nearest_neighbors.PrecomputedNeighbors(rows.astype(np.int64), distances)
    pull = affinity.PerplexityBasedNN(knn_index=exact, perplexity=max(1.0, rows.shape[1] / 3), n_jobs=1)
    # Works whose pictures are the same must not begin in the same place, where nothing drives them apart.
    start = start / max(start[:, 0].std(), 1e-12) + np.random.default_rng(0).normal(0, 0.01, start.shape)
    method = "fft" if len(rows) >= MANY else "bh"
    found = TSNEEmbedding(start * 1e-4, pull, negative_gradient_method=method, n_jobs=1, random_state=0)
    for count, exaggeration in zip(STEPS, (12, 1), strict=True):
        found = found.optimize(
            count,
            exaggeration=exaggeration,
            momentum=0.8,
            callbacks=lambda *_: advance(50),
            callbacks_every_iters=50,
        )
    return np.asarray(found, np.float64)


def spread(points: Points) -> Points:
    """Return the points from 0 to 1 in each direction, halfway to being as many in every strip."""
    order = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    low, high = points.min(axis=0), points.max(axis=0)
    plain = (points - low) / np.where(high > low, high - low, 1.0)
    found: Points = EVEN * (order + 0.5) / len(points) + (1 - EVEN) * plain
    return found


def settle(points: Points, columns: int, rows: int) -> NDArray[np.int32]:
    """Return a field (column, row) of its own for every point, near where it lies.

    The grid is halved again and again, across its longer side. A point goes to the half it lies in; where a half is
    full, those nearest to the cut go to the other.
    """
    fields = np.zeros((len(points), 2), np.int32)
    size = np.array([columns, rows], float)
    places = points * size
    waiting: list[tuple[NDArray[np.int64], tuple[int, int], tuple[int, int]]]
    waiting = [(np.arange(len(points)), (0, 0), (columns, rows))]
    while waiting:
        these, low, high = waiting.pop()
        if len(these) == 0:
            continue
        across = 0 if high[0] - low[0] >= high[1] - low[1] else 1
        length, other = high[across] - low[across], high[1 - across] - low[1 - across]
        if length == 1:
            fields[these] = low
            continue
        cut = low[across] + length // 2
        order = these[np.argsort(places[these, across], kind="stable")]
        wanted = int((places[these, across] < cut).sum())
        first = min(max(wanted, len(these) - (high[across] - cut) * other), (cut - low[across]) * other)
        middle = (cut, high[1]) if across == 0 else (high[0], cut)
        begin = (cut, low[1]) if across == 0 else (low[0], cut)
        waiting += [(order[:first], low, middle), (order[first:], begin, high)]
    return fields
