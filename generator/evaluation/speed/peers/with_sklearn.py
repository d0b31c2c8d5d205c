"""scikit-learn: NearestNeighbors of each cell or of the allowed rows, brute or as a ball tree. The home of sklearn."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generator.evaluation.speed.peers.engine import Engine, Found, Search, cell_by_cell, from_distance, over_allowed

WORTH_THREADS = 32  # queries; joblib takes milliseconds to start threads


def fitted(algorithm: str, threads: int) -> Callable[[NDArray[np.float32]], Search]:
    """Return what fits NearestNeighbors to points; input is not checked again and again."""
    import sklearn
    from sklearn.neighbors import NearestNeighbors

    def index(points: NDArray[np.float32]) -> Search:
        neighbors = NearestNeighbors(algorithm=algorithm, metric="euclidean").fit(points)

        def search(vectors: NDArray[np.float32], k: int) -> Found:
            neighbors.n_jobs = threads if len(vectors) >= WORTH_THREADS else 1
            with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
                found: Found = neighbors.kneighbors(vectors, k)
                return found

        return search

    return index


def engine(name: str, summary: str, algorithm: str, copies: float) -> Engine:
    return Engine(
        name=name,
        module="sklearn",
        summary=summary,
        similarity=from_distance,
        copies=copies,
        filters=lambda sample, k, threads: cell_by_cell(sample, k, fitted(algorithm, threads), from_distance),
        query=lambda sample, threads: over_allowed(sample, fitted(algorithm, threads)),
    )


ENGINES = (
    engine("sklearn-brute", "NearestNeighbors(algorithm='brute') of each cell; of the allowed rows", "brute", 1),
    engine("sklearn-balltree", "NearestNeighbors(algorithm='ball_tree') likewise", "ball_tree", 3),  # float64
)
