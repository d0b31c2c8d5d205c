"""Collection + Embeddings -> Analogies: the nearest works of every cell, for every work.

What is compared are the network's vectors, half whitened within the collection (whitening.py).

A cell is one combination of values of all facets. The nearest works under any wider filter are
merged from the lists of its cells, exactly (condtree.merge), so the cells are all that is kept.
"""

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generator.condtree import Coarse, nearest_per_cell
from generator.model import Analogies, Collection, Embeddings, Progress
from generator.store import Store, key
from generator.whitening import whitened

RECIPE = "analogies-2"  # changes whenever the same vectors would give another artefact
PAIRS = 1_000_000  # random pairs that calibrate closeness; below 1,415 works these are all pairs
QUANTILES = np.linspace(0.0, 1.0, 1001)


def find(
    collection: Collection, embeddings: Embeddings, *, k: int, store: Store, progress: Progress,
    coarse: Callable[[], Coarse | None] = lambda: None,
) -> Analogies:  # fmt: skip
    """Return the nearest k works of every cell, from the store when they were found before.

    coarse names who multiplies, such as a GPU, or None for the processor; it is asked only where there is something to
    find, and does not show in the answer.
    """
    vectors = embeddings.vectors
    path = store.path("analogies", key(RECIPE, vectors, collection.cell_of, k), ".npz")
    if path.exists():
        with np.load(path, allow_pickle=False) as kept:
            return Analogies(rows=kept["rows"], similarity=kept["similarity"], scale=kept["scale"])
    with progress.stage("Finding analogies", len(vectors)) as step:
        vectors = whitened(vectors)
        near = nearest_per_cell(
            vectors, collection.cell_of, k, cells=len(collection.cells), coarse=coarse(), advance=step.advance
        )
        found = Analogies(rows=near.rows, similarity=near.similarity, scale=calibrate(vectors))
    buffer = io.BytesIO()
    np.savez(buffer, rows=found.rows, similarity=found.similarity, scale=found.scale)
    with store.writing(path) as temporary:
        temporary.write_bytes(buffer.getbuffer())
    return found


def calibrate(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the quantiles 0, 0.001 ... 1 of the cosine of random pairs of different works, float32 (1001,).

    All pairs where there are at most PAIRS of them, else PAIRS pairs drawn with a fixed seed.
    """
    n = len(vectors)
    if n < 2:
        return np.ones(len(QUANTILES), np.float32)
    if n * (n - 1) // 2 <= PAIRS:
        left, right = np.triu_indices(n, 1)
    else:
        random = np.random.default_rng(0)
        left = random.integers(0, n, PAIRS)
        right = (left + random.integers(1, n, PAIRS)) % n  # never the work itself
    cosine = np.concatenate(
        [_cosines(vectors, left[i : i + 4096], right[i : i + 4096]) for i in range(0, len(left), 4096)]
    )
    return np.quantile(cosine, QUANTILES).astype(np.float32)


def _cosines(vectors: NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.einsum("id,id->i", vectors[left], vectors[right])
