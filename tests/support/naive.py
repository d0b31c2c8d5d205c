"""Plain twins of the kernels, to be checked by eye. Slow on purpose; no code shared with what they check."""

import numpy as np


def products(x, y):
    """Return all inner products of rows of x and of y as float32 of the float64 sum in order of the coordinates."""
    total = np.zeros((len(x), len(y)))
    for j in range(x.shape[1]):
        total += np.outer(x[:, j].astype(np.float64), y[:, j].astype(np.float64))
    return total.astype(np.float32)


def distances(x, y):
    """Return all Euclidean distances of rows of x and of y as float32 of the float64 sum in order."""
    total = np.zeros((len(x), len(y)))
    for j in range(x.shape[1]):
        total += np.subtract.outer(x[:, j].astype(np.float64), y[:, j].astype(np.float64)) ** 2
    return np.sqrt(total).astype(np.float32)


def first(scores, rows, k, fill):
    """Return the k rows of the least scores, equal scores by the lower row, and the scores."""
    order = np.lexsort((rows, scores))[:k]
    empty = k - len(order)
    return np.append(rows[order], [-1] * empty).astype(np.int32), np.append(scores[order], [fill] * empty).astype(
        np.float32
    )


def nearest(points, labels, vectors, k, allowed=None, exclude=None):
    """Return rows and distances (q, k) of the nearest points with an allowed label."""
    apart = distances(vectors, points)
    answer = []
    for i in range(len(vectors)):
        rows = [
            r
            for r in range(len(points))
            if (allowed is None or labels[r] in allowed) and (exclude is None or r != exclude[i])
        ]
        rows = np.array(rows, int)
        answer.append(first(apart[i, rows], rows, k, np.inf))
    return np.array([a[0] for a in answer]).reshape(-1, k), np.array([a[1] for a in answer]).reshape(-1, k)


def nearest_allowed(points, cell_of, k, allowed):
    """Return rows and similarity (n, k) of the most similar other rows in the allowed cells."""
    alike = products(points, points)
    answer = []
    for i in range(len(points)):
        rows = np.array([r for r in range(len(points)) if r != i and cell_of[r] in allowed], int)
        answer.append(first(-alike[i, rows], rows, k, np.inf))
    return np.array([a[0] for a in answer]).reshape(-1, k), -np.array([a[1] for a in answer]).reshape(-1, k)


def nearest_per_cell(points, cell_of, k, cells):
    """Return rows and similarity (n, c, k) of the most similar other rows of every cell."""
    each = [nearest_allowed(points, cell_of, k, {cell}) for cell in range(cells)]
    shape = (len(points), cells, k)
    rows, similarity = (np.array([e[i] for e in each]).reshape(cells, len(points), k).swapaxes(0, 1) for i in (0, 1))
    return rows.reshape(shape), similarity.reshape(shape)
