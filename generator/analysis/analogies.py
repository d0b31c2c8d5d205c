"""Whitened vectors -> Analogies: the nearest works of every cell, for every work.

What overrides.csv hides is in no list, and each list has its true nearest k of what is left (hiding.py).

A cell is one combination of values of all facets. The nearest works under any wider filter are
merged from the lists of its cells, exactly (condtree.merge), so the cells are all that is kept.

    n works, c cells, d dimensions, k neighbors
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from generator.analysis import hiding
from generator.condtree import Coarse, nearest_per_cell
from generator.core import artefacts
from generator.core.findings import Analogies
from generator.core.model import Collection, Progress
from generator.core.run import Run
from generator.core.store import Part, key

KIND = "analogies"
RECIPE = "analogies-4"  # changes whenever the same vectors would give another artefact
PAIRS = 1_000_000  # random pairs that calibrate closeness; below 1,415 works these are all pairs
QUANTILES = np.linspace(0.0, 1.0, 1001)

Vectors = NDArray[np.float32]  # (n, d)


def find(
    collection: Collection,
    vectors: Vectors,
    k: int,
    run: Run,
    coarse: Callable[[], Coarse | None] = lambda: None,
) -> Analogies:
    """Return the nearest k works of every cell, from the store when they were found before; vectors are whitened ones.

    coarse names who multiplies, such as a GPU, or None for the processor; it is asked only where there is something to
    find, and does not show in the answer.
    """
    made_from = key(RECIPE, vectors, collection.cell_of, k)

    def every() -> Analogies:
        return artefacts.kept(
            run.store, KIND, made_from, Analogies, lambda: _search(collection, vectors, k, run.progress, coarse)
        )

    if not (collection.hidden or collection.pins):
        return every()
    curated = key(made_from, *_overrides(collection))
    return artefacts.kept(run.store, KIND, curated, Analogies, lambda: _curated(collection, every(), vectors))


def _search(
    collection: Collection, vectors: Vectors, k: int, progress: Progress, coarse: Callable[[], Coarse | None]
) -> Analogies:
    with progress.stage("Finding matches", len(vectors)) as step:
        near = nearest_per_cell(
            vectors, collection.cell_of, k, cells=len(collection.cells), coarse=coarse(), advance=step.advance
        )
        return Analogies(rows=near.rows, similarity=near.similarity, scale=calibrate(vectors))


def _overrides(collection: Collection) -> Iterator[Part]:
    """Yield all that overrides.csv says of pairs; notes do not count."""
    yield tuple((rule.one, rule.other) for rule in collection.hidden)
    yield tuple((pin.one, pin.other) for pin in collection.pins)


def _curated(collection: Collection, every: Analogies, vectors: Vectors) -> Analogies:
    """Return the analogies without the hidden ones, each list filled up again, and how near pinned works are."""
    rules = [(rule.one, rule.other) for rule in collection.hidden]
    rows, similarity = hiding.without(every.rows, every.similarity, vectors, collection.cell_of, rules)
    pinned = [hiding.cosines(vectors, pin.one, np.array([pin.other]))[0] for pin in collection.pins]
    return Analogies(rows=rows, similarity=similarity, scale=every.scale, pinned=np.array(pinned, np.float32))


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
    scale: NDArray[np.float32] = np.quantile(cosine, QUANTILES).astype(np.float32)
    return scale


def _cosines(vectors: NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    cosine: NDArray[np.float32] = np.einsum("id,id->i", vectors[left], vectors[right])
    return cosine
