"""usearch: exact search of each cell or of the allowed rows. The home of usearch."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generator.evaluation.speed.peers.engine import Engine, Found, Search, cell_by_cell, from_complement, over_allowed


def exact(threads: int) -> Callable[[NDArray[np.float32]], Search]:
    """Return what searches points without an index."""
    from usearch.compiled import MetricKind
    from usearch.index import search

    def index(points: NDArray[np.float32]) -> Search:
        def look(vectors: NDArray[np.float32], k: int) -> Found:
            found = search(points, vectors, k, MetricKind.IP, exact=True, threads=threads)
            return found.distances.reshape(len(vectors), -1), found.keys.reshape(len(vectors), -1).astype(np.int64)

        return look

    return index


ENGINES = (
    Engine(
        name="usearch",
        module="usearch",
        summary="search(exact=True) of each cell; of the allowed rows",
        similarity=from_complement,
        filters=lambda sample, k, threads: cell_by_cell(sample, k, exact(threads), from_complement),
        query=lambda sample, threads: over_allowed(sample, exact(threads)),
    ),
)
